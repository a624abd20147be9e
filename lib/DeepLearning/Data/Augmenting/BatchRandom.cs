using static TorchSharp.torch;

namespace DeepLearning.Data.Augmenting;

/// <summary>The random numbers of the augmentation of a batch: they depend on the epoch's seed and on the number of the batch alone.</summary>
internal static class BatchRandom
{
    /// <summary>Draws an epoch's seed from the default random stream.</summary>
    public static long DrawSeed()
    {
        using var seed = randint(0, long.MaxValue, [1], ScalarType.Int64);
        return seed.item<long>();
    }

    /// <summary>Returns the source of random numbers of a batch.</summary>
    public static Random Of(long seed, int batch)
    {
        // SplitMix64 (Steele, Lea and Flood, 2014): seeds of batches that follow each other are unrelated
        var mixed = unchecked((ulong)seed + ((ulong)(batch + 1) * 0x9E3779B97F4A7C15));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return new Random(unchecked((int)(mixed ^ (mixed >> 31))));
    }
}
