using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// One process's share of an epoch that all draw in the same order: the batches in turns, as DistributedSampler deals out samples. Together
/// the processes take as many batches a step as there are processes.
/// </summary>
internal sealed class BatchShare : IBatches
{
    private readonly IBatches _all;
    private readonly int _rank;
    private readonly int _processes;

    /// <param name="all">The batches of all.</param>
    /// <param name="rank">Whose share.</param>
    /// <param name="processes">Of how many.</param>
    /// <param name="even">Whether all shares have the same length; what is left of the epoch is left out.</param>
    /// <exception cref="ArgumentException">There are fewer batches than processes, and shares must be even.</exception>
    public BatchShare(IBatches all, int rank, int processes, bool even)
    {
        if (even && all.Count < processes)
            throw new ArgumentException($"{processes} processes train together, and there are {all.Count} batches: make them smaller.", nameof(all));
        (_all, _rank, _processes) = (all, rank, processes);
        Count = even ? all.Count / processes : (all.Count - rank + processes - 1) / processes;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public IEnumerable<(Tensor Inputs, Tensor Targets)> Epoch(int skip = 0) =>
        _all.Epoch(skip * _processes).Where((_, place) => place % _processes == _rank).Take(Count - skip);
}
