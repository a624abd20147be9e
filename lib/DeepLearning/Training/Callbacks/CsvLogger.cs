using DeepLearning.Files;
using DeepLearning.Tables;

namespace DeepLearning.Training.Callbacks;

/// <summary>Writes the history as a table with a row for each epoch to a .csv file after each epoch. The file is replaced atomically.</summary>
/// <remarks>Like Keras's CSVLogger. Numbers have a decimal point in every culture.</remarks>
public sealed class CsvLogger : Callback
{
    private readonly string _path;

    /// <summary>Initializes a new instance that writes to a file.</summary>
    /// <param name="path">The path of the file, which ends in .csv; a missing folder is created.</param>
    /// <exception cref="ArgumentException">The path does not end in .csv.</exception>
    public CsvLogger(string path) => _path = LogFile.Path(path, ".csv");

    /// <inheritdoc/>
    public override bool FirstProcessOnly => true;

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit) => AtomicFile.Prepare(_path);

    /// <inheritdoc/>
    public override void AfterEpoch(FitState fit) => LogFile.Write(_path, stream => Csv.Save(fit.History.Table(), stream));
}
