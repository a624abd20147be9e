using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Samples one process's share of a data set in distributed training. All shares have the same length. Every process must call
/// <see cref="set_epoch"/> before each epoch for a new order.
/// </summary>
/// <remarks>
/// See <see href="https://pytorch.org/docs/stable/data.html#torch.utils.data.distributed.DistributedSampler">DistributedSampler</see>; the shares equal
/// PyTorch's for the same seed and epoch.
/// </remarks>
public sealed class DistributedSampler : Sampler
{
    private readonly long _samples;
    private readonly bool _shuffle;
    private readonly long _seed;
    private long _epoch;

    internal DistributedSampler(long samples, int num_replicas, int rank, bool shuffle, long seed, bool drop_last)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(num_replicas);
        if (rank < 0 || rank >= num_replicas)
            throw new ArgumentOutOfRangeException(nameof(rank), rank, $"The rank must be between 0 and {num_replicas - 1}.");
        (this.num_replicas, this.rank, _samples, _shuffle, _seed) = (num_replicas, rank, samples, shuffle, seed);
        var even = drop_last && samples % num_replicas != 0 ? Math.Max(samples - num_replicas, 0) : samples;
        Count = (even + num_replicas - 1) / num_replicas;
    }

    /// <summary>Gets the number of processes.</summary>
    public int num_replicas { get; }

    /// <summary>Gets the rank of this process.</summary>
    public int rank { get; }

    /// <summary>Gets the number of samples in the share of this process.</summary>
    public override long Count { get; }

    /// <summary>Sets the index of the epoch, from 0, which determines the random order.</summary>
    /// <param name="epoch">The number of the epoch, which changes the random order.</param>
    public void set_epoch(long epoch) => _epoch = epoch;

    /// <inheritdoc/>
    public override IEnumerator<long> GetEnumerator()
    {
        var order = Order();
        for (long i = rank; i < Count * num_replicas; i += num_replicas)
            yield return order[i % order.Length];
    }

    private long[] Order()
    {
        if (!_shuffle)
            return [.. new SequentialSampler(_samples)];
        using var generator = new Generator(unchecked((ulong)(_seed + _epoch)));
        return Permutation(_samples, generator);
    }
}
