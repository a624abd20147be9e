using System.Collections;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>An order in which samples are taken. Each enumeration is an epoch; the random ones equal PyTorch's for the same seed.</summary>
public abstract class Sampler : IEnumerable<long>, utils.data.ISized
{
    /// <summary>How many samples an epoch has.</summary>
    public abstract long Count { get; }

    public abstract IEnumerator<long> GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static long[] Permutation(long count, Generator? generator)
    {
        using var order = randperm(count, generator: generator);
        return order.data<long>().ToArray();
    }

    /// <summary>A number for the seed of another generator.</summary>
    internal static long DrawSeed(Generator? generator)
    {
        using var seed = empty([], ScalarType.Int64);
        Aten.Do("random_", seed, generator);
        return seed.item<long>();
    }
}

/// <summary>All samples in their order.</summary>
public sealed class SequentialSampler : Sampler
{
    private readonly utils.data.ISized _source;

    internal SequentialSampler(utils.data.ISized source) => _source = source;

    public override long Count => _source.Count;

    public override IEnumerator<long> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
            yield return i;
    }
}

/// <summary>Samples in random order: each once, or drawn anew each time.</summary>
public sealed class RandomSampler : Sampler
{
    private readonly utils.data.ISized _source;
    private readonly bool _replacement;
    private readonly long? _samples;
    private readonly Generator? _generator;

    internal RandomSampler(utils.data.ISized source, bool replacement, long? num_samples, Generator? generator)
    {
        if (num_samples <= 0)
            throw new ArgumentOutOfRangeException(nameof(num_samples), num_samples, "The number of samples must be above 0.");
        (_source, _replacement, _samples, _generator) = (source, replacement, num_samples, generator);
    }

    public override long Count => _samples ?? _source.Count;

    public override IEnumerator<long> GetEnumerator()
    {
        const int Drawn = 32;
        var (count, samples) = (_source.Count, Count);
        if (count == 0)
            yield break;
        using var own = _generator is null ? new Generator(unchecked((ulong)DrawSeed(null))) : null;
        var generator = _generator ?? own!;
        if (_replacement)
        {
            for (var left = samples; left > 0; left -= Drawn)
            {
                foreach (var index in Draw(count, Math.Min(left, Drawn), generator))
                    yield return index;
            }
            yield break;
        }
        // PyTorch draws an order for the rest even where nothing is left, which moves a generator that the next epoch goes on with
        for (var left = samples; left >= 0; left -= count)
        {
            foreach (var index in Permutation(count, generator).Take((int)Math.Min(left, count)))
                yield return index;
        }
    }

    private static long[] Draw(long count, long samples, Generator generator)
    {
        using var drawn = randint(count, [samples], generator: generator);
        return drawn.data<long>().ToArray();
    }
}

/// <summary>Chosen samples in random order.</summary>
public sealed class SubsetRandomSampler : Sampler
{
    private readonly long[] _indices;
    private readonly Generator? _generator;

    internal SubsetRandomSampler(IEnumerable<long> indices, Generator? generator) => (_indices, _generator) = ([.. indices], generator);

    public override long Count => _indices.Length;

    public override IEnumerator<long> GetEnumerator() =>
        Permutation(_indices.Length, _generator).Select(place => _indices[place]).GetEnumerator();
}

/// <summary>Samples drawn by their weights, which need not add up to 1.</summary>
public sealed class WeightedRandomSampler : Sampler
{
    private readonly double[] _weights;
    private readonly bool _replacement;
    private readonly Generator? _generator;

    internal WeightedRandomSampler(IEnumerable<double> weights, long num_samples, bool replacement, Generator? generator)
    {
        if (num_samples <= 0)
            throw new ArgumentOutOfRangeException(nameof(num_samples), num_samples, "The number of samples must be above 0.");
        (_weights, Count, _replacement, _generator) = ([.. weights], num_samples, replacement, generator);
    }

    public override long Count { get; }

    public override IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Draw()).GetEnumerator();

    private long[] Draw()
    {
        using var weights = tensor(_weights);
        using var drawn = Aten.Call("multinomial", weights, Count, _replacement, _generator);
        return drawn.data<long>().ToArray();
    }
}

/// <summary>The samples of another order, some at a time.</summary>
public sealed class BatchSampler : IEnumerable<long[]>, utils.data.ISized
{
    internal BatchSampler(IEnumerable<long> sampler, int batch_size, bool drop_last)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch_size);
        (this.sampler, this.batch_size, this.drop_last) = (sampler, batch_size, drop_last);
    }

    public IEnumerable<long> sampler { get; }

    public int batch_size { get; }

    public bool drop_last { get; }

    /// <summary>How many batches an epoch has.</summary>
    public long Count
    {
        get
        {
            var samples = sampler is utils.data.ISized sized ? sized.Count : sampler.LongCount();
            return drop_last ? samples / batch_size : (samples + batch_size - 1) / batch_size;
        }
    }

    public IEnumerator<long[]> GetEnumerator()
    {
        foreach (var batch in sampler.Chunk(batch_size))
        {
            if (batch.Length == batch_size || !drop_last)
                yield return batch;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
