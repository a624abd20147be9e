using System.Text.Json;
using System.Text.Json.Nodes;
using DeepLearning.Files;
using DeepLearning.Tables;

namespace DeepLearning.Training.Callbacks;

/// <summary>Keeps the epochs' scores in a file that is whole after each of them: a table as .csv, or a list of objects as .json.</summary>
public sealed class EpochLog : Callback
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };

    private readonly string _path;
    private readonly Action<History, Stream> _write;

    /// <param name="path">The file; what it ends in, .csv or .json, tells the format.</param>
    /// <exception cref="ArgumentException">It ends in something else.</exception>
    public EpochLog(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = Path.GetFullPath(path);
        _write = Path.GetExtension(path) switch
        {
            ".csv" => (history, stream) => Csv.Save(history.Table(), stream),
            ".json" => WriteJson,
            var other => throw new ArgumentException($"A log is a .csv or a .json file, not '{other}': {path}", nameof(path)),
        };
    }

    /// <inheritdoc/>
    public override bool FirstProcessOnly => true;

    /// <inheritdoc/>
    public override void AfterEpoch(FitState fit)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        AtomicFile.Write(_path, stream => _write(fit.History, stream));
    }

    private static void WriteJson(History history, Stream stream)
    {
        var rows = new JsonArray([.. history.Epochs.Select(epoch => (JsonNode)new JsonObject
        {
            ["epoch"] = epoch.Epoch,
            ["step"] = epoch.Step,
            ["training"] = Json(epoch.Training),
            ["validation"] = Json(epoch.Validation),
            ["learning_rate"] = epoch.LearningRate,
            ["seconds"] = epoch.Duration.TotalSeconds,
        })]);
        JsonSerializer.Serialize(stream, rows, _json);
    }

    private static JsonObject? Json(Scores? scores) => scores is null
        ? null
        : new JsonObject(scores.Metrics.Prepend(new(Scores.LossName, scores.Loss)).Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
}
