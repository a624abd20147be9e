using System.Globalization;
using TorchSharp.TensorBoard;
using TorchSharp.Utils.tensorboard.Enums;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class utils
        {
            public static partial class tensorboard
            {
                /// <summary>Writes what a training run reports, for TensorBoard.</summary>
                /// <param name="log_dir">The run's folder; without one, a new folder in runs, named after time and machine.</param>
                /// <param name="filename_suffix">The end of each file's name.</param>
                /// <param name="createRunName">Whether a new folder, named after time and machine, is made within <paramref name="log_dir"/>.</param>
                /// <param name="flush_secs">How long what is written may wait in memory.</param>
                /// <param name="time">The clock of all wall times; the system's if none.</param>
                public static Modules.SummaryWriter SummaryWriter(
                    string? log_dir = null, string? filename_suffix = null, bool createRunName = false, double flush_secs = 10,
                    TimeProvider? time = null)
                {
                    time ??= TimeProvider.System;
                    if (string.IsNullOrEmpty(log_dir))
                        log_dir = Path.Combine("runs", RunName(time));
                    else if (createRunName)
                        log_dir = Path.Combine(log_dir, RunName(time));
                    return new(log_dir, filename_suffix, TimeSpan.FromSeconds(flush_secs), time);
                }

                private static string RunName(TimeProvider time) =>
                    time.GetLocalNow().ToString("MMMd_HH-mm-ss_", CultureInfo.InvariantCulture) + Environment.MachineName;
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>
    /// Writes scalars, histograms, images, texts, hyperparameters and graphs into files that TensorBoard reads. Calls return at once: events
    /// are written when the time limit has passed, and on <see cref="flush"/>, <see cref="close"/> and Dispose. Threads may share a writer.
    /// </summary>
    public sealed partial class SummaryWriter : IDisposable
    {
        private readonly Lock _opening = new();
        private readonly Dictionary<(string Tag, string Series), EventFile> _series = [];
        private readonly EventFile _file;
        private readonly string? _suffix;
        private readonly TimeSpan _flushAfter;
        private readonly TimeProvider _time;

        internal SummaryWriter(string log_dir, string? filename_suffix, TimeSpan flushAfter, TimeProvider time)
        {
            LogDir = log_dir;
            _suffix = filename_suffix;
            _flushAfter = flushAfter;
            _time = time;
            _file = Open(log_dir);
        }

        /// <summary>The run's folder.</summary>
        public string LogDir { get; }

        /// <summary>One point of a curve.</summary>
        /// <param name="tag">The curve's name; what comes before a slash groups curves.</param>
        /// <param name="scalar_value">Its height.</param>
        /// <param name="global_step">Its place.</param>
        /// <param name="walltime">Seconds since 1970, if not now; fractions count.</param>
        public void add_scalar(string tag, float scalar_value, int global_step, double? walltime = null) =>
            _file.Append(global_step, walltime, Summaries.Scalar(tag, scalar_value));

        /// <summary>A point of each of several curves in one picture. Every curve is a run of its own in TensorBoard, in a folder of its own.</summary>
        public void add_scalars(string main_tag, IDictionary<string, float> tag_scalar_dict, int global_step, double? walltime = null)
        {
            ArgumentNullException.ThrowIfNull(tag_scalar_dict);
            foreach (var (series, value) in tag_scalar_dict)
                SeriesFile(main_tag, series).Append(global_step, walltime, Summaries.Scalar(main_tag, value));
        }

        /// <inheritdoc cref="add_scalars(string, IDictionary{string, float}, int, double?)"/>
        public void add_scalars(string main_tag, IList<(string, float)> tag_scalar_dict, int global_step, double? walltime = null)
        {
            ArgumentNullException.ThrowIfNull(tag_scalar_dict);
            foreach (var (series, value) in tag_scalar_dict)
                SeriesFile(main_tag, series).Append(global_step, walltime, Summaries.Scalar(main_tag, value));
        }

        /// <summary>How the values of a tensor are distributed.</summary>
        /// <exception cref="ArgumentException">The tensor is empty, or no value lies in any bin.</exception>
        public void add_histogram(
            string tag, Tensor values, int global_step, HistogramBinSelector bins = HistogramBinSelector.Tensorflow, double? walltime = null,
            long? max_bins = null)
        {
            ArgumentNullException.ThrowIfNull(values);
            using var untracked = no_grad();
            using var numbers = values.to(ScalarType.Float64);
            _file.Append(global_step, walltime, Summaries.Histogram(tag, HistogramContent.Of(numbers.ToArray<double>(), bins, max_bins)));
        }

        /// <summary>A text, shown as Markdown.</summary>
        public void add_text(string tag, string text_string, int global_step, double? walltime = null) =>
            _file.Append(global_step, walltime, Summaries.Text(tag, text_string));

        /// <summary>Writes what waits in memory.</summary>
        public void flush()
        {
            foreach (var file in Files())
                file.Flush();
        }

        /// <summary>Writes what waits in memory and closes the files.</summary>
        public void close() => Dispose();

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
}
