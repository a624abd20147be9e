using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp.TensorBoard;

/// <summary>
/// Writes scalars, histograms, images, texts, hyperparameters and graphs to event files for TensorBoard, like PyTorch's
/// <c>torch.utils.tensorboard.SummaryWriter</c>.
/// </summary>
/// <remarks>
/// <para>TorchSharp's writer, the result of <c>torch.utils.tensorboard.SummaryWriter(…)</c>, opens its file again for each event, rounds wall times
/// to seconds and does not support graphs and hyperparameters. Both classes have the same name. A cell that also imports <c>TorchSharp.Modules</c>
/// selects this class with <c>using SummaryWriter = TorchSharp.TensorBoard.SummaryWriter;</c>.</para>
/// <para>Events are buffered and written after <c>flush_secs</c> and by <see cref="flush"/>, <see cref="close"/> and <see cref="Dispose"/>. The class
/// is thread-safe. After a crash, the file contains all written events, each of them complete.</para>
/// <para>Methods, parameters and defaults are those of https://pytorch.org/docs/stable/tensorboard.html.</para>
/// </remarks>
/// <example>
/// <code>
/// using SummaryWriter = TorchSharp.TensorBoard.SummaryWriter;
///
/// using var writer = new SummaryWriter("runs/first");
/// writer.add_scalar("loss", loss, step);
/// </code>
/// </example>
public sealed partial class SummaryWriter : IDisposable
{
    private readonly Lock _opening = new();
    private readonly Dictionary<(string Tag, string Series), EventFile> _series = [];
    private readonly EventFile _file;
    private readonly string? _suffix;
    private readonly TimeSpan _flushAfter;
    private readonly TimeProvider _time;

    /// <summary>Initializes a new instance, and creates the folder with an event file.</summary>
    /// <param name="log_dir">The folder of the run; null or empty for a new folder "runs/DATE_TIME_MACHINE".</param>
    /// <param name="comment">The suffix of the folder's name if <paramref name="log_dir"/> is null or empty.</param>
    /// <param name="filename_suffix">The suffix of the names of event files.</param>
    /// <param name="flush_secs">The maximum time that events stay in the buffer, in seconds.</param>
    /// <param name="time">The clock for wall times; null for the system clock.</param>
    public SummaryWriter(
        string? log_dir = null, string comment = "", string? filename_suffix = null, double flush_secs = 10, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        var date = _time.GetLocalNow().ToString("MMMd_HH-mm-ss_", CultureInfo.InvariantCulture);
        LogDir = string.IsNullOrEmpty(log_dir) ? Path.Combine("runs", date + Environment.MachineName + comment) : log_dir;
        _suffix = filename_suffix;
        _flushAfter = TimeSpan.FromSeconds(flush_secs);
        _file = Open(LogDir);
    }

    /// <summary>Gets the run's folder.</summary>
    public string LogDir { get; }

    /// <summary>Adds a point to a curve.</summary>
    /// <param name="tag">The curve's name. TensorBoard groups curves by the part before a slash.</param>
    /// <param name="scalar_value">The value.</param>
    /// <param name="global_step">The training step.</param>
    /// <param name="walltime">Seconds since 1970, with their fraction; the current time if null.</param>
    public void add_scalar(string tag, float scalar_value, int global_step, double? walltime = null) =>
        _file.Append(Summaries.Scalar(tag, scalar_value), global_step, walltime);

    /// <summary>Adds a point to each of several curves that TensorBoard shows in one chart. Each curve is a run in a separate folder.</summary>
    /// <param name="main_tag">The name of the chart.</param>
    /// <param name="tag_scalar_dict">The curves' names and values.</param>
    /// <param name="global_step">The training step.</param>
    /// <param name="walltime">Seconds since 1970, with their fraction; the current time if null.</param>
    public void add_scalars(string main_tag, IDictionary<string, float> tag_scalar_dict, int global_step, double? walltime = null)
    {
        ArgumentNullException.ThrowIfNull(tag_scalar_dict);
        foreach (var (series, value) in tag_scalar_dict)
            SeriesFile(main_tag, series).Append(Summaries.Scalar(main_tag, value), global_step, walltime);
    }

    /// <inheritdoc cref="add_scalars(string, IDictionary{string, float}, int, double?)"/>
    public void add_scalars(string main_tag, IList<(string, float)> tag_scalar_dict, int global_step, double? walltime = null)
    {
        ArgumentNullException.ThrowIfNull(tag_scalar_dict);
        foreach (var (series, value) in tag_scalar_dict)
            SeriesFile(main_tag, series).Append(Summaries.Scalar(main_tag, value), global_step, walltime);
    }

    /// <summary>Adds a histogram of a tensor's values.</summary>
    /// <param name="tag">The histogram's name.</param>
    /// <param name="values">The values, of any shape and numeric type.</param>
    /// <param name="global_step">The training step.</param>
    /// <param name="bins">One of numpy's rules for bins of equal width; null for TensorFlow's fixed bins (PyTorch's "tensorflow").</param>
    /// <param name="walltime">Seconds since 1970, with their fraction; the current time if null.</param>
    /// <param name="max_bins">The maximum number of bins; neighboring bins are merged if there are more.</param>
    /// <exception cref="ArgumentException">The tensor is empty, or no value is in any bin.</exception>
    public void add_histogram(
        string tag, Tensor values, int global_step, HistogramBinSelector? bins = null, double? walltime = null, long? max_bins = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var numbers = values.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
        _file.Append(Summaries.Histogram(tag, HistogramContent.Of(numbers, bins, max_bins)), global_step, walltime);
    }

    /// <summary>Adds a text, which TensorBoard shows as Markdown.</summary>
    /// <param name="tag">The text's name.</param>
    /// <param name="text_string">The text, in Markdown.</param>
    /// <param name="global_step">The training step.</param>
    /// <param name="walltime">Seconds since 1970, with their fraction; the current time if null.</param>
    public void add_text(string tag, string text_string, int global_step, double? walltime = null) =>
        _file.Append(Summaries.Text(tag, text_string), global_step, walltime);

    /// <summary>Writes all buffered events.</summary>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public void flush()
    {
        foreach (var file in Files())
            file.Flush();
    }

    /// <summary>Writes all buffered events and closes the files.</summary>
    public void close() => Dispose();

    /// <summary>Writes all buffered events and closes the files.</summary>
    public void Dispose()
    {
        foreach (var file in Files())
            file.Dispose();
    }

    private EventFile Open(string folder) => new(folder, _suffix, _time, _flushAfter);

    private EventFile SeriesFile(string tag, string series)
    {
        lock (_opening)
        {
            if (!_series.TryGetValue((tag, series), out var file))
                _series[(tag, series)] = file = Open(Path.Combine(LogDir, $"{tag}_{series}".Replace('/', '_')));
            return file;
        }
    }

    private EventFile[] Files()
    {
        lock (_opening)
            return [_file, .. _series.Values];
    }
}
