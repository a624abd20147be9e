using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>A source of batches from data in memory, which a checkpoint recognizes.</summary>
internal interface IFingerprinted
{
    /// <summary>Returns a short text that differs for other data; it does not depend on the order and the size of the batches.</summary>
    string Fingerprint();
}

/// <summary>Computes a hash of data: their shapes, and the bytes of samples at regular distances.</summary>
internal sealed class DataFingerprint
{
    // few enough for large images, and enough to recognize another split of the same data
    private const int MostSamples = 256;

    // FNV-1a, eight bytes at a time
    private ulong _hash = 14695981039346656037;

    /// <summary>Returns the indices of the samples that are hashed.</summary>
    public static long[] Samples(long count) => [.. Enumerable.Range(0, (int)Math.Min(count, MostSamples)).Select(i => i * count / Math.Min(count, MostSamples))];

    /// <summary>Adds a tensor of samples, [N, …].</summary>
    public DataFingerprint Add(Tensor samples)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        Add(samples.shape);
        using var chosen = tensor(Samples(samples.shape[0]), device: samples.device);
        return Add(samples.index_select(0, chosen).cpu().contiguous().bytes);
    }

    /// <summary>Adds numbers.</summary>
    public DataFingerprint Add(ReadOnlySpan<long> numbers) => Add(MemoryMarshal.AsBytes(numbers));

    /// <summary>Adds bytes.</summary>
    public DataFingerprint Add(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            Mix(word);
        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
            Mix(rest);
        return this;
    }

    /// <summary>Returns the text of the fingerprint.</summary>
    /// <param name="count">The number of samples.</param>
    public string Text(long count) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count} samples ({_hash:x16})");

    private void Mix(ulong word)
    {
        _hash = (_hash ^ word) * 1099511628211;
        // the product alone never carries a bit from the upper half of a word to the lower
        _hash ^= _hash >> 32;
    }
}
