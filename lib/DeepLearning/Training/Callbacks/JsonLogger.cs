using System.Text.Json;
using System.Text.Json.Nodes;
using DeepLearning.Files;

namespace DeepLearning.Training.Callbacks;

/// <summary>
/// Writes the records of all epochs, a list of objects, to a .json file after each epoch. The file is replaced atomically. As JSON has no number for
/// them, NaN and infinite values are the texts "NaN", "Infinity" and "-Infinity".
/// </summary>
public sealed class JsonLogger : Callback
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };

    private readonly string _path;

    /// <summary>Creates the callback.</summary>
    /// <param name="path">The file, which ends in .json; its folder is created if it is missing.</param>
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
