using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// One process's share of an epoch whose order is the same in all processes: every nth batch, as DistributedSampler distributes samples. In each
/// step, every process trains on one batch of its own share.
/// </summary>
internal sealed class BatchShare : IBatches
{
    private readonly IBatches _all;
    private readonly int _rank;
    private readonly int _processes;

    /// <param name="all">The batches of all processes.</param>
    /// <param name="rank">The rank of this process.</param>
    /// <param name="processes">The number of processes.</param>
    /// <param name="even">Whether all shares have the same length; the remaining batches of the epoch are skipped.</param>
    /// <exception cref="ArgumentException">There are fewer batches than processes, and <paramref name="even"/> is true.</exception>
    public BatchShare(IBatches all, int rank, int processes, bool even)
    {
        if (even && all.Count < processes)
        {
            throw new ArgumentException(
                $"{processes} processes train together, but there are only {all.Count} batches: use a smaller batch size.", nameof(all));
        }
        (_all, _rank, _processes) = (all, rank, processes);
        Count = even ? all.Count / processes : (all.Count - rank + processes - 1) / processes;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public IEnumerable<(Tensor Inputs, Tensor Targets)> Epoch(int skip = 0) =>
        _all.Epoch(skip * _processes).Where((_, place) => place % _processes == _rank).Take(Count - skip);
}
