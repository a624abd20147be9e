namespace Bench.Accuracy;

/// <summary>What of the comparison is run.</summary>
/// <param name="Setups">Which tutorials' networks.</param>
/// <param name="Seeds">From which starts of the random stream; the table shows the mean.</param>
/// <param name="Epochs">Epochs instead of each setup's own.</param>
/// <param name="Batches">Batches of an epoch, and of its test, at most: to try the comparison out.</param>
/// <param name="Folder">Where runs are kept; one that is there is not trained again.</param>
internal sealed record AccuracyOptions(IReadOnlyList<Setup> Setups, IReadOnlyList<long> Seeds, int? Epochs, int? Batches, string Folder)
{
    /// <summary>Images a batch of the test.</summary>
    public const int TestBatchSize = 1000;

    public int EpochsOf(Setup setup) => Epochs ?? setup.Epochs;
}
