using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Computes the order of the samples of an epoch; all sources of batches use it.</summary>
internal static class EpochOrder
{
    /// <summary>Returns the indices of an epoch's samples.</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="shuffle">Whether the order is random, drawn from the default random generator, which <c>torch.manual_seed</c> seeds.</param>
    /// <param name="sampler">The sampler of the order; null for none.</param>
    /// <exception cref="InvalidOperationException">The sampler returned an index out of range, or a wrong number of indices.</exception>
    public static long[] Of(long count, bool shuffle, Sampler? sampler)
    {
        if (sampler is not null)
            return Sampled(count, sampler);
        if (!shuffle)
            return InOrder(count);
        using var order = randperm(count);
        return order.data<long>().ToArray();
    }

    /// <summary>Checks the options of the order.</summary>
    /// <exception cref="ArgumentException">Both a sampler and shuffle are given.</exception>
    public static void Check(bool shuffle, Sampler? sampler)
    {
        if (shuffle && sampler is not null)
            throw new ArgumentException("The sampler determines the order of the samples: omit shuffle.", nameof(shuffle));
    }

    /// <summary>Returns the number of batches of an epoch.</summary>
    public static int Batches(long samples, int batchSize, bool dropLast) =>
        checked((int)(dropLast ? samples / batchSize : (samples + batchSize - 1) / batchSize));

    private static long[] InOrder(long count)
    {
        var order = new long[count];
        for (var i = 0L; i < count; i++)
            order[i] = i;
        return order;
    }

    private static long[] Sampled(long count, Sampler sampler)
    {
        long[] order = [.. sampler];
        foreach (var index in order)
        {
            if (index < 0 || index >= count)
                throw new InvalidOperationException($"The sampler returned the index {index}; valid indices are 0 to {count - 1}.");
        }
        if (order.Length != sampler.Count)
            throw new InvalidOperationException($"The sampler returned {order.Length} samples, but its Count is {sampler.Count}.");
        return order;
    }
}
