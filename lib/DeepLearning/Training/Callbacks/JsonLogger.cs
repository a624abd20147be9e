using System.Text.Json;
using System.Text.Json.Nodes;
using DeepLearning.Files;

namespace DeepLearning.Training.Callbacks;

/// <summary>
/// Writes the records of all epochs as a list of objects to a .json file after each epoch. The file is replaced atomically. JSON has no number for
/// NaN and infinity, so these are the strings "NaN", "Infinity" and "-Infinity".
/// </summary>
public sealed class JsonLogger : Callback
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };

    private readonly string _path;

    /// <summary>Initializes a new instance that writes to a file.</summary>
    /// <param name="path">The path of the file, which ends in .json; a missing folder is created.</param>
    /// <exception cref="ArgumentException">The path does not end in .json.</exception>
    public JsonLogger(string path) => _path = LogFile.Path(path, ".json");

    /// <inheritdoc/>
    public override bool FirstProcessOnly => true;

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit) => AtomicFile.Prepare(_path);

    /// <inheritdoc/>
    public override void AfterEpoch(FitState fit)
    {
        var rows = new JsonArray([.. fit.History.Epochs.Select(epoch => EpochRecordJson.Of(epoch, stepLosses: false))]);
        LogFile.Write(_path, stream => JsonSerializer.Serialize(stream, rows, _json));
    }
}
