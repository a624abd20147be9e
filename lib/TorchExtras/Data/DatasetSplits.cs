using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Extends <c>torch.utils.data</c> with parts of data sets. The parts are data sets that TorchSharp's <c>DataLoader</c> takes; a loader of a
/// part is made with <c>disposeDataset: false</c> or left to dispose the part alone. See
/// <see href="https://pytorch.org/docs/stable/data.html#torch.utils.data.random_split">random_split</see>.
/// </summary>
public static class DatasetSplits
{
    extension(utils.data)
    {
        /// <summary>Returns some samples of a data set.</summary>
        /// <param name="dataset">The whole data set.</param>
        /// <param name="indices">The indices of the samples, in the order of the result.</param>
        public static Subset Subset(utils.data.Dataset dataset, IEnumerable<long> indices) => new(dataset, indices);

        /// <summary>Returns some samples of a data set.</summary>
        /// <param name="dataset">The whole data set.</param>
        /// <param name="indices">The indices of the samples, in the order of the result.</param>
        public static IterableSubset Subset(utils.data.IterableDataset dataset, IEnumerable<long> indices) => new(dataset, indices);

        /// <summary>Splits a data set at random into parts that do not overlap: the same as PyTorch's for the same seed.</summary>
        /// <param name="dataset">The whole data set.</param>
        /// <param name="lengths">The number of samples of each part; their sum is the data set's.</param>
        /// <param name="generator">The source of the random order; the default generator if null.</param>
        /// <exception cref="ArgumentException">The lengths do not add up to the data set's.</exception>
        public static IList<Subset> random_split(utils.data.Dataset dataset, IReadOnlyList<long> lengths, Generator? generator = null) =>
            [.. Split(dataset.Count, lengths, generator).Select(indices => new Subset(dataset, indices))];

        /// <summary>Splits a data set at random into parts that do not overlap: the same as PyTorch's for the same seed.</summary>
        /// <param name="dataset">The whole data set.</param>
        /// <param name="lengths">The number of samples of each part; their sum is the data set's.</param>
        /// <param name="generator">The source of the random order; the default generator if null.</param>
        /// <exception cref="ArgumentException">The lengths do not add up to the data set's.</exception>
        public static IList<IterableSubset> random_split(
            utils.data.IterableDataset dataset, IReadOnlyList<long> lengths, Generator? generator = null) =>
            [.. Split(dataset.Count, lengths, generator).Select(indices => new IterableSubset(dataset, indices))];

        /// <summary>Splits a data set at random into parts by fractions. The samples that rounding leaves over go to the first parts, one each.</summary>
        /// <param name="dataset">The whole data set.</param>
        /// <param name="fractions">The fraction of each part; their sum is 1.</param>
        /// <param name="generator">The source of the random order; the default generator if null.</param>
        /// <exception cref="ArgumentException">The fractions do not add up to 1.</exception>
        public static IList<Subset> random_split(utils.data.Dataset dataset, IReadOnlyList<double> fractions, Generator? generator = null) =>
            [.. Split(dataset.Count, Lengths(dataset.Count, fractions), generator).Select(indices => new Subset(dataset, indices))];

        /// <summary>Splits a data set at random into parts by fractions. The samples that rounding leaves over go to the first parts, one each.</summary>
        /// <param name="dataset">The whole data set.</param>
        /// <param name="fractions">The fraction of each part; their sum is 1.</param>
        /// <param name="generator">The source of the random order; the default generator if null.</param>
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
                $"The lengths {string.Join(" + ", lengths)} do not add up to the data set's {count} samples.", nameof(lengths));
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
