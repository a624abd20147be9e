using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// The base class of samplers, which determine the order of samples. Each enumeration is an epoch; random orders equal PyTorch's for the same seed.
/// TorchSharp's <c>DataLoader</c> accepts a sampler as its <c>shuffler</c>.
/// </summary>
public abstract class Sampler : IEnumerable<long>
{
    /// <summary>Gets the number of samples of an epoch.</summary>
    public abstract long Count { get; }

    /// <summary>Returns the indices of an epoch.</summary>
    public abstract IEnumerator<long> GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static long[] Permutation(long count, Generator? generator)
    {
        using var order = randperm(count, generator: generator);
        return order.data<long>().ToArray();
    }

    /// <summary>Draws a seed for another generator.</summary>
    internal static long DrawSeed(Generator? generator)
    {
        // 63 random bits, like PyTorch's random_() on an int64 tensor: randint needs a range of 2^63 numbers around zero
        const long Half = 1L << 62;
        using var seed = randint(-Half, Half, [1], ScalarType.Int64, generator: generator);
        return seed.item<long>() + Half;
    }
}

/// <summary>Samples all elements in order.</summary>
public sealed class SequentialSampler : Sampler
{
    internal SequentialSampler(long samples) => Count = samples;

    /// <inheritdoc/>
    public override long Count { get; }

    /// <inheritdoc/>
    public override IEnumerator<long> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
            yield return i;
    }
}

/// <summary>Samples elements in random order, with or without replacement.</summary>
public sealed class RandomSampler : Sampler
{
    private readonly long _source;
    private readonly bool _replacement;
    private readonly Generator? _generator;

    internal RandomSampler(long source, bool replacement, long? num_samples, Generator? generator)
    {
        if (num_samples <= 0)
            throw new ArgumentOutOfRangeException(nameof(num_samples), num_samples, "The number of samples must be above 0.");
        (_source, _replacement, Count, _generator) = (source, replacement, num_samples ?? source, generator);
    }

    /// <inheritdoc/>
    public override long Count { get; }

    /// <inheritdoc/>
    public override IEnumerator<long> GetEnumerator()
    {
        const int Drawn = 32;
        var (count, samples) = (_source, Count);
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
        // PyTorch draws an order even if no samples remain, which advances the generator for the next epoch
        for (var left = samples; left >= 0; left -= count)
        {
            foreach (var index in Permutation(count, generator).Take((int)Math.Min(left, count)))
                yield return index;
        }
    }

    private static long[] Draw(long count, long samples, Generator generator)
    {
        using var drawn = randint(0, count, [samples], ScalarType.Int64, generator: generator);
        return drawn.data<long>().ToArray();
    }
}

/// <summary>Samples the given indices in random order.</summary>
public sealed class SubsetRandomSampler : Sampler
{
    private readonly long[] _indices;
    private readonly Generator? _generator;

    internal SubsetRandomSampler(IEnumerable<long> indices, Generator? generator) => (_indices, _generator) = ([.. indices], generator);

    /// <inheritdoc/>
    public override long Count => _indices.Length;

    /// <inheritdoc/>
    public override IEnumerator<long> GetEnumerator() =>
        Permutation(_indices.Length, _generator).Select(place => _indices[place]).GetEnumerator();
}

/// <summary>Samples elements with probabilities proportional to weights.</summary>
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
        if (Array.FindIndex(_weights, weight => weight < 0 || !double.IsFinite(weight)) is >= 0 and var wrong)
            throw new ArgumentException(FormattableString.Invariant($"The weight of sample {wrong} is {_weights[wrong]}: weights must be finite and at least 0."), nameof(weights));
        var drawable = replacement ? Math.Min(1, num_samples) : num_samples;
        if (_weights.LongCount(weight => weight > 0) < drawable)
            throw new ArgumentException($"{num_samples} samples {(replacement ? "" : "without replacement ")}need at least {drawable} weights above 0.", nameof(weights));
    }

    /// <inheritdoc/>
    public override long Count { get; }

    /// <inheritdoc/>
    public override IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Draw()).GetEnumerator();

    private long[] Draw()
    {
        using var weights = tensor(_weights);
        using var drawn = multinomial(weights, Count, _replacement, _generator);
        return drawn.data<long>().ToArray();
    }
}

/// <summary>Groups the indices of another sampler into batches.</summary>
public sealed class BatchSampler : IEnumerable<long[]>
{
    internal BatchSampler(IEnumerable<long> sampler, int batch_size, bool drop_last)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch_size);
        (this.sampler, this.batch_size, this.drop_last) = (sampler, batch_size, drop_last);
    }

    /// <summary>Gets the sampler of single samples.</summary>
    public IEnumerable<long> sampler { get; }

    /// <summary>Gets the number of samples of a batch.</summary>
    public int batch_size { get; }

    /// <summary>Gets a value that indicates whether a smaller last batch is dropped.</summary>
    public bool drop_last { get; }

    /// <summary>Gets the number of batches of an epoch.</summary>
    public long Count
    {
        get
        {
            var samples = sampler is Sampler sized ? sized.Count : sampler.LongCount();
            return drop_last ? samples / batch_size : (samples + batch_size - 1) / batch_size;
        }
    }

    /// <summary>Returns the batches of an epoch.</summary>
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
