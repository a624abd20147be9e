using Google.Protobuf;

namespace DeepLearning.TensorBoard;

/// <summary>A run: the content of the event files of a folder.</summary>
public sealed class BoardRun
{
    private readonly Dictionary<string, EventFileReader> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<(Type Kind, string Tag), string> _lastFile = [];
    private readonly SortedDictionary<string, List<ScalarPoint>> _scalars = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<HistogramPoint>> _histograms = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<ImagePoint>> _images = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<TextPoint>> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _settings = new(StringComparer.Ordinal);
    private readonly List<string> _metrics = [];
    private string _reading = "";

    internal BoardRun(string name, string folder) => (Name, Folder) = (name, folder);

    /// <summary>Gets the path of the run's folder, relative to the board's folder.</summary>
    public string Name { get; }

    /// <summary>Gets the run's folder.</summary>
    public string Folder { get; }

    /// <summary>Gets the curves by tag.</summary>
    public IReadOnlyDictionary<string, List<ScalarPoint>> Scalars => _scalars;

    /// <summary>Gets the histograms by tag.</summary>
    public IReadOnlyDictionary<string, List<HistogramPoint>> Histograms => _histograms;

    /// <summary>Gets the images by tag.</summary>
    public IReadOnlyDictionary<string, List<ImagePoint>> Images => _images;

    /// <summary>Gets the texts by tag.</summary>
    public IReadOnlyDictionary<string, List<TextPoint>> Texts => _texts;

    /// <summary>Gets the hyperparameters by name: strings, bools and doubles.</summary>
    public IReadOnlyDictionary<string, object> Settings => _settings;

    /// <summary>Gets the tags of the metrics that the table of hyperparameters shows.</summary>
    public IReadOnlyList<string> Metrics => _metrics;

    /// <summary>Gets the nodes of the model's graph; empty if the run has none.</summary>
    public IReadOnlyList<GraphNode> Graph { get; private set; } = [];

    /// <summary>Gets the status of the run, "success", "failure" or "running"; null if the run did not write it with its hyperparameters.</summary>
    public string? Status { get; internal set; }

    /// <summary>Gets a message for each file that could not be read completely.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. _files.Values.Where(file => file.Damage is not null)
            .Select(file => $"{Path.GetFileName(file.Path)} is damaged: {file.Damage}. The events before it are shown."),
        .. _files.Values.Where(file => file.IsCutShort)
            .Select(file => $"{Path.GetFileName(file.Path)} ends within a record: the run is still writing, or was killed. The events before it are shown."),
    ];

    /// <summary>Reads the events written since the last call.</summary>
    /// <returns>true if there were new events; otherwise false.</returns>
    internal bool Read(IEnumerable<string> files)
    {
        var isNew = false;
        // a resumed run writes another file; file names start with the time
        foreach (var path in files.Order(StringComparer.Ordinal))
        {
            if (!_files.TryGetValue(path, out var file))
                _files[path] = file = new EventFileReader(path);
            var (wasCutShort, damage) = (file.IsCutShort, file.Damage);
            _reading = path;
            foreach (var message in file.ReadNew())
            {
                isNew = true;
                if (!TryRead(message, file))
                    break;
            }
            isNew |= wasCutShort != file.IsCutShort || damage != file.Damage;
        }
        return isNew;
    }

    internal void Add(string tag, ScalarPoint point) => Add(_scalars, tag, point);

    internal void Add(string tag, HistogramPoint point) => Add(_histograms, tag, point);

    internal void Add(string tag, ImagePoint point) => Add(_images, tag, point);

    internal void Add(string tag, TextPoint point) => Add(_texts, tag, point);

    internal void SetSetting(string name, object value) => _settings[name] = value;

    internal void SetGraph(IReadOnlyList<GraphNode> graph) => Graph = graph;

    internal void AddMetric(string tag)
    {
        if (!_metrics.Contains(tag))
            _metrics.Add(tag);
    }

    private bool TryRead(byte[] message, EventFileReader file)
    {
        try
        {
            EventReader.Read(message, this);
            return true;
        }
        catch (Exception error) when (error is InvalidDataException or InvalidProtocolBufferException)
        {
            file.GiveUp(error.Message.TrimEnd('.'));
            return false;
        }
    }

    private void Add<TPoint>(SortedDictionary<string, List<TPoint>> series, string tag, TPoint point)
        where TPoint : Point
    {
        if (!series.TryGetValue(tag, out var points))
            series[tag] = points = [];
        // a run that was killed and resumed may write steps twice; later points replace earlier points
        if (_lastFile.TryGetValue((typeof(TPoint), tag), out var last) && last != _reading)
            points.RemoveAll(earlier => earlier.Step >= point.Step);
        _lastFile[(typeof(TPoint), tag)] = _reading;
        points.Add(point);
    }
}
