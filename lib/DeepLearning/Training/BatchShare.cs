using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// One process's share of an epoch that all processes draw in the same order: every nth batch, as DistributedSampler shares out samples. In a step, the
/// processes together train on as many batches as there are processes.
/// </summary>
internal sealed class BatchShare : IBatches
{
    private readonly IBatches _all;
    private readonly int _rank;
    private readonly int _processes;

    /// <param name="all">The batches of all processes.</param>
    /// <param name="rank">The number of this process, from 0.</param>
    /// <param name="processes">The number of processes.</param>
    /// <param name="even">Whether all shares have the same length; the rest of the epoch is left out.</param>
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
