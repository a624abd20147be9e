using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Extends <c>torch.utils.data</c> with subsets and splits of data sets. TorchSharp's <c>DataLoader</c> accepts the parts; create the loader of a
/// part with <c>disposeDataset: false</c>, or let it dispose of the part only. See
/// <see href="https://pytorch.org/docs/stable/data.html#torch.utils.data.random_split">random_split</see>.
/// </summary>
public static class DatasetSplits
{
    extension(utils.data)
    {
        /// <summary>Returns a subset of a data set.</summary>
        /// <param name="dataset">The whole data set.</param>
        /// <param name="indices">The indices of the samples, in the order of the result.</param>
        public static Subset Subset(utils.data.Dataset dataset, IEnumerable<long> indices) => new(dataset, indices);

        /// <summary>Returns a subset of a data set.</summary>
        /// <param name="dataset">The whole data set.</param>
        /// <param name="indices">The indices of the samples, in the order of the result.</param>
        public static IterableSubset Subset(utils.data.IterableDataset dataset, IEnumerable<long> indices) => new(dataset, indices);

        /// <summary>Splits a data set randomly into disjoint parts, which equal PyTorch's for the same seed.</summary>
        /// <param name="dataset">The whole data set.</param>
        /// <param name="lengths">The number of samples of each part; their sum is the number of samples of the data set.</param>
        /// <param name="generator">The random number generator of the order; null for the default generator.</param>
        /// <exception cref="ArgumentException">The lengths do not add up to the number of samples.</exception>
        public static IList<Subset> random_split(utils.data.Dataset dataset, IReadOnlyList<long> lengths, Generator? generator = null) =>
            [.. Split(dataset.Count, lengths, generator).Select(indices => new Subset(dataset, indices))];

        /// <summary>Splits a data set randomly into disjoint parts, which equal PyTorch's for the same seed.</summary>
        /// <param name="dataset">The whole data set.</param>
        /// <param name="lengths">The number of samples of each part; their sum is the number of samples of the data set.</param>
        /// <param name="generator">The random number generator of the order; null for the default generator.</param>
        /// <exception cref="ArgumentException">The lengths do not add up to the number of samples.</exception>
        public static IList<IterableSubset> random_split(
            utils.data.IterableDataset dataset, IReadOnlyList<long> lengths, Generator? generator = null) =>
            [.. Split(dataset.Count, lengths, generator).Select(indices => new IterableSubset(dataset, indices))];

        /// <summary>Splits a data set randomly by fractions. Samples that remain after rounding go to the first parts, one each.</summary>
        /// <param name="dataset">The whole data set.</param>
        /// <param name="fractions">The fraction of each part; with the sum 1.</param>
        /// <param name="generator">The random number generator of the order; null for the default generator.</param>
        /// <exception cref="ArgumentException">The fractions do not add up to 1.</exception>
        public static IList<Subset> random_split(utils.data.Dataset dataset, IReadOnlyList<double> fractions, Generator? generator = null) =>
            [.. Split(dataset.Count, Lengths(dataset.Count, fractions), generator).Select(indices => new Subset(dataset, indices))];

        /// <summary>Splits a data set randomly by fractions. Samples that remain after rounding go to the first parts, one each.</summary>
        /// <param name="dataset">The whole data set.</param>
        /// <param name="fractions">The fraction of each part; with the sum 1.</param>
        /// <param name="generator">The random number generator of the order; null for the default generator.</param>
        /// <exception cref="ArgumentException">The fractions do not add up to 1.</exception>
        public static IList<IterableSubset> random_split(
            utils.data.IterableDataset dataset, IReadOnlyList<double> fractions, Generator? generator = null) =>
            [.. Split(dataset.Count, Lengths(dataset.Count, fractions), generator).Select(indices => new IterableSubset(dataset, indices))];
    }

    private static List<long[]> Split(long count, IReadOnlyList<long> lengths, Generator? generator)
    {
        if (lengths.Any(length => length < 0) || lengths.Sum() != count)
        {
            throw new ArgumentException(
                $"The lengths {string.Join(" + ", lengths)} do not add up to the {count} samples of the data set.", nameof(lengths));
        }
        using var order = randperm(count, generator: generator);
        var indices = order.data<long>().ToArray();
        var parts = new List<long[]>();
        var begin = 0;
        foreach (var length in lengths)
        {
            parts.Add(indices[begin..(begin + (int)length)]);
            begin += (int)length;
        }
        return parts;
    }

    private static long[] Lengths(long count, IReadOnlyList<double> fractions)
    {
        if (fractions.Any(fraction => fraction is not (>= 0 and <= 1)) || Math.Abs(fractions.Sum() - 1) > 1e-9)
            throw new ArgumentException($"The fractions {string.Join(" + ", fractions)} do not add up to 1.", nameof(fractions));
        long[] lengths = [.. fractions.Select(fraction => (long)Math.Floor(count * fraction))];
        var rest = count - lengths.Sum();
        for (var i = 0; i < rest; i++)
            lengths[i % lengths.Length]++;
        return lengths;
    }
}
