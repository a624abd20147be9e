using DeepLearning.Files;
using DeepLearning.Tables;

namespace DeepLearning.Training.Callbacks;

/// <summary>Writes the table of the history, a row for each epoch, to a .csv file after each epoch. The file is replaced atomically.</summary>
/// <remarks>As Keras's CSVLogger; numbers have a point, whatever the culture.</remarks>
public sealed class CsvLogger : Callback
{
    private readonly string _path;

    /// <summary>Creates the callback.</summary>
    /// <param name="path">The file, which ends in .csv; its folder is created if it is missing.</param>
    /// <exception cref="ArgumentException">The path does not end in .csv.</exception>
    public CsvLogger(string path) => _path = LogFile.Path(path, ".csv");

    /// <inheritdoc/>
    public override bool FirstProcessOnly => true;

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit) => AtomicFile.Prepare(_path);

    /// <inheritdoc/>
    public override void AfterEpoch(FitState fit) => LogFile.Write(_path, stream => Csv.Save(fit.History.Table(), stream));
}
