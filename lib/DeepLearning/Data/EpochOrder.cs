using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>The order of the samples of an epoch, which all sources of batches draw in the same way.</summary>
internal static class EpochOrder
{
    /// <summary>Returns the indices of an epoch's samples.</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="shuffle">Whether the order is random: drawn from the default random stream, which <c>torch.manual_seed</c> sets.</param>
    /// <param name="sampler">The sampler that gives the order; null for none.</param>
    /// <exception cref="InvalidOperationException">The sampler returned an index that no sample has.</exception>
    public static long[] Of(long count, bool shuffle, Sampler? sampler)
    {
        if (sampler is not null)
            return Sampled(count, sampler);
        if (!shuffle)
            return InOrder(count);
        using var order = randperm(count);
        return order.data<long>().ToArray();
    }

    /// <summary>Checks the options that decide the order.</summary>
    /// <exception cref="ArgumentException">Both ask for an order.</exception>
    public static void Check(bool shuffle, Sampler? sampler)
    {
        if (shuffle && sampler is not null)
            throw new ArgumentException("The sampler decides the order of the samples: leave out shuffle.", nameof(shuffle));
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
                throw new InvalidOperationException($"The sampler returned the index {index}; the samples are 0 to {count - 1}.");
        }
        if (order.Length != sampler.Count)
            throw new InvalidOperationException($"The sampler returned {order.Length} samples, and its Count is {sampler.Count}.");
        return order;
    }
}
