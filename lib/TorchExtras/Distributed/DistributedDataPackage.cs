#pragma warning disable CA1822 // instance members, so that they are called as in PyTorch: torch.utils.data.distributed.…
#pragma warning disable CS1573 // the other parameters are documented by inheritdoc
using TorchSharp.Modules;

namespace TorchSharp.Distributed;

/// <summary>The functions of <c>torch.utils.data.distributed</c>.</summary>
public sealed class DistributedDataPackage
{
    internal DistributedDataPackage()
    {
    }

    /// <inheritdoc cref="DistributedSampler(long, int?, int?, bool, long, bool)"/>
    /// <param name="dataset">The data set.</param>
    public DistributedSampler DistributedSampler<T>(
        torch.utils.data.Dataset<T> dataset, int? num_replicas = null, int? rank = null, bool shuffle = true, long seed = 0, bool drop_last = false)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return DistributedSampler(dataset.Count, num_replicas, rank, shuffle, seed, drop_last);
    }

    /// <summary>Returns a sampler of this process's share of the samples.</summary>
    /// <param name="samples">The number of samples, <c>dataset.Count</c>.</param>
    /// <param name="num_replicas">The number of processes; the size of the process group by default.</param>
    /// <param name="rank">The rank of this process; its rank in the process group by default.</param>
    /// <param name="shuffle">Whether each epoch has a random order; true by default.</param>
    /// <param name="seed">The seed, the same in all processes; 0 by default.</param>
    /// <param name="drop_last">Whether samples are dropped to make shares equal; by default, samples are repeated instead.</param>
    /// <exception cref="InvalidOperationException">The number of processes is not given, and there is no process group.</exception>
    public DistributedSampler DistributedSampler(
        long samples, int? num_replicas = null, int? rank = null, bool shuffle = true, long seed = 0, bool drop_last = false) =>
        new(samples, num_replicas ?? DistributedPackage.Default.Size, rank ?? DistributedPackage.Default.Rank, shuffle, seed, drop_last);
}
