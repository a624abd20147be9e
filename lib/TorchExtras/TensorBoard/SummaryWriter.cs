using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp.TensorBoard;

/// <summary>
/// Writes scalars, histograms, images, texts, hyperparameters and graphs to event files that TensorBoard reads: PyTorch's
/// <c>torch.utils.tensorboard.SummaryWriter</c>.
/// </summary>
/// <remarks>
/// <para>TorchSharp's own writer, which <c>torch.utils.tensorboard.SummaryWriter(…)</c> returns, opens its file anew for each event, rounds wall
/// times to seconds and has no graphs and hyperparameters. Both classes have the same name. A cell that imports <c>TorchSharp.Modules</c> too
/// names this one by <c>using SummaryWriter = TorchSharp.TensorBoard.SummaryWriter;</c>.</para>
/// <para>Events are buffered, and written when <c>flush_secs</c> have passed and by <see cref="flush"/>, <see cref="close"/> and
/// <see cref="Dispose"/>. Threads may share a writer. After a crash the file has all events that were written, each complete.</para>
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

    /// <summary>Creates the folder and an event file in it.</summary>
    /// <param name="log_dir">The run's folder; if null or empty, a new folder "runs/DATE_TIME_MACHINE".</param>
    /// <param name="comment">What is appended to the folder's name if <paramref name="log_dir"/> is null or empty.</param>
    /// <param name="filename_suffix">What is appended to the names of event files.</param>
    /// <param name="flush_secs">How many seconds events may stay in the buffer.</param>
    /// <param name="time">The clock for wall times; the system's if null.</param>
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

    /// <summary>Adds a point to each of several curves that TensorBoard shows in one chart. Each curve is a run in a folder of its own.</summary>
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
    /// <param name="bins">One of numpy's rules for bins of equal width; if null, TensorFlow's fixed bins (PyTorch's "tensorflow").</param>
    /// <param name="walltime">Seconds since 1970, with their fraction; the current time if null.</param>
    /// <param name="max_bins">Neighbouring bins are merged if there are more than this.</param>
    /// <exception cref="ArgumentException">The tensor is empty, or no value lies in any bin.</exception>
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
    /// <param name="text_string">Markdown.</param>
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
