using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// One process's share of the samples, where several train together: all shares have the same length, and <see cref="set_epoch"/>, called
/// before each epoch by every process, gives each epoch another order.
/// </summary>
public sealed class DistributedSampler : Sampler
{
    private readonly utils.data.ISized _source;
    private readonly bool _shuffle;
    private readonly long _seed;
    private long _epoch;

    internal DistributedSampler(utils.data.ISized source, int? num_replicas, int? rank, bool shuffle, long seed, bool drop_last)
    {
        this.num_replicas = num_replicas ?? FromEnvironment("WORLD_SIZE", nameof(num_replicas));
        this.rank = rank ?? FromEnvironment("RANK", nameof(rank));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(this.num_replicas, nameof(num_replicas));
        if (this.rank < 0 || this.rank >= this.num_replicas)
            throw new ArgumentOutOfRangeException(nameof(rank), this.rank, $"The rank must lie between 0 and {this.num_replicas - 1}.");
        (_source, _shuffle, _seed) = (source, shuffle, seed);
        var samples = source.Count;
        var even = drop_last && samples % this.num_replicas != 0 ? Math.Max(samples - this.num_replicas, 0) : samples;
        Count = (even + this.num_replicas - 1) / this.num_replicas;
    }

    public int num_replicas { get; }

    public int rank { get; }

    public override long Count { get; }

    public void set_epoch(long epoch) => _epoch = epoch;

    public override IEnumerator<long> GetEnumerator()
    {
        var order = Order();
        for (long i = rank; i < Count * num_replicas; i += num_replicas)
            yield return order[i % order.Length];
    }

    private long[] Order()
    {
        if (!_shuffle)
            return [.. new SequentialSampler(_source)];
        using var generator = new Generator(unchecked((ulong)(_seed + _epoch)));
        return Permutation(_source.Count, generator);
    }

    private static int FromEnvironment(string variable, string parameter) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new ArgumentException($"Give {parameter}, or start the process with {variable} set, as a launcher does.", parameter);
}
