using static TorchSharp.torch;

namespace DeepLearning.Data.Augmenting;

/// <summary>
/// Creates the random numbers for the augmentation of a batch, which depend only on the seed of the epoch and the index of the batch.
/// </summary>
internal static class BatchRandom
{
    /// <summary>Draws the seed of an epoch from the default random generator.</summary>
    public static long DrawSeed()
    {
        using var seed = randint(0, long.MaxValue, [1], ScalarType.Int64);
        return seed.item<long>();
    }

    /// <summary>Returns the random number generator of a batch.</summary>
    public static Random Of(long seed, int batch)
    {
        // SplitMix64 (Steele, Lea and Flood, 2014): the seeds of consecutive batches are independent
        var mixed = unchecked((ulong)seed + ((ulong)(batch + 1) * 0x9E3779B97F4A7C15));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return new Random(unchecked((int)(mixed ^ (mixed >> 31))));
    }
}
