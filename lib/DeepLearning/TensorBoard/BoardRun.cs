namespace DeepLearning.TensorBoard;

/// <summary>One folder of event files: a run, and all that it reported.</summary>
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

    /// <summary>Its folder's name, as seen from the board's.</summary>
    public string Name { get; }

    /// <summary>Its folder.</summary>
    public string Folder { get; }

    /// <summary>The curves, by their tags.</summary>
    public IReadOnlyDictionary<string, List<ScalarPoint>> Scalars => _scalars;

    /// <summary>The histograms, by their tags.</summary>
    public IReadOnlyDictionary<string, List<HistogramPoint>> Histograms => _histograms;

    /// <summary>The images, by their tags.</summary>
    public IReadOnlyDictionary<string, List<ImagePoint>> Images => _images;

    /// <summary>The texts, by their tags.</summary>
    public IReadOnlyDictionary<string, List<TextPoint>> Texts => _texts;

    /// <summary>The hyperparameters: strings, truth values and doubles, by their names.</summary>
    public IReadOnlyDictionary<string, object> Settings => _settings;

    /// <summary>The tags of the curves that the hyperparameters are judged by.</summary>
    public IReadOnlyList<string> Metrics => _metrics;

    /// <summary>The network; empty where none was written.</summary>
    public IReadOnlyList<GraphNode> Graph { get; private set; } = [];

    /// <summary>"success", "failure" or "running", where the run said so with its hyperparameters.</summary>
    public string? Status { get; internal set; }

    /// <summary>What could not be read, a sentence each.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. _files.Values.Where(file => file.Damage is not null)
            .Select(file => $"{Path.GetFileName(file.Path)} is damaged: {file.Damage}. What stands before it is shown."),
        .. _files.Values.Where(file => file.IsCutShort)
            .Select(file => $"{Path.GetFileName(file.Path)} ends within a record: the run goes on, or was killed. What stands before it is shown."),
    ];

    /// <summary>Reads what has come since the last time.</summary>
    /// <returns>Whether there was anything.</returns>
    internal bool Read(IEnumerable<string> files)
    {
        var isNew = false;
        // resumed runs go on in another file; the names begin with the time
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
        catch (InvalidDataException error)
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
        // a run that was killed and resumed tells some steps again: those that count are the later ones
        if (_lastFile.TryGetValue((typeof(TPoint), tag), out var last) && last != _reading)
            points.RemoveAll(earlier => earlier.Step >= point.Step);
        _lastFile[(typeof(TPoint), tag)] = _reading;
        points.Add(point);
    }
}
