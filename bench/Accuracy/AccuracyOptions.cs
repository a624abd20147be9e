namespace Bench.Accuracy;

/// <summary>The options of the comparison.</summary>
/// <param name="Setups">The networks.</param>
/// <param name="Seeds">The random seeds; the table shows the mean.</param>
/// <param name="Epochs">The number of epochs; null for the number of each setup.</param>
/// <param name="Batches">The maximum number of batches of an epoch and of the test, for trials; null for all.</param>
/// <param name="Folder">The folder of the runs; finished runs are not trained again.</param>
internal sealed record AccuracyOptions(IReadOnlyList<Setup> Setups, IReadOnlyList<long> Seeds, int? Epochs, int? Batches, string Folder)
{
    /// <summary>The number of images of a test batch.</summary>
    public const int TestBatchSize = 1000;

    public int EpochsOf(Setup setup) => Epochs ?? setup.Epochs;
}
