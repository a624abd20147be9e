using System.Globalization;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Splits the samples of a data set into disjoint parts. The same seed gives the same parts.</summary>
internal static class Splitting
{
    /// <summary>Returns the length of each part: the fraction rounded down, plus one for the first parts while samples remain.</summary>
    public static long[] Lengths(long count, IReadOnlyList<double> fractions)
    {
        ArgumentNullException.ThrowIfNull(fractions);
        if (fractions.Count == 0 || fractions.Any(fraction => fraction is not (>= 0 and <= 1)) || Math.Abs(fractions.Sum() - 1) > 1e-9)
            throw new ArgumentException($"The fractions {string.Join(" + ", fractions.Select(fraction => fraction.ToString(CultureInfo.InvariantCulture)))} do not add up to 1.", nameof(fractions));
        long[] lengths = [.. fractions.Select(fraction => (long)Math.Floor(count * fraction))];
        var rest = count - lengths.Sum();
        for (var i = 0; i < rest; i++)
            lengths[i % lengths.Length]++;
        return lengths;
    }

    /// <summary>Returns the samples of each part in random order, as PyTorch's random_split draws them from a generator with the seed.</summary>
    public static IEnumerable<long[]> AtRandom(long count, IReadOnlyList<long> lengths, long seed)
    {
        Check(count, lengths);
        using var generator = new Generator(unchecked((ulong)seed));
        return Cut(Permutation(count, generator), lengths);
    }

    /// <summary>Returns the samples of each part in random order, with the same class proportions in all parts up to rounding.</summary>
    public static IEnumerable<long[]> Stratified(IReadOnlyList<long> classes, IReadOnlyList<long> lengths, long seed)
    {
        Check(classes.Count, lengths);
        using var generator = new Generator(unchecked((ulong)seed));
        var byClass = Permutation(classes.Count, generator).OrderBy(sample => classes[(int)sample]);
        var parts = lengths.Select(length => new List<long>((int)length)).ToArray();
        var dealt = 0L;
        foreach (var sample in byClass)
        {
            // the part that is furthest behind its share gets the next sample, so each class is split proportionally
            dealt++;
            var next = Enumerable.Range(0, parts.Length)
                .Where(part => parts[part].Count < lengths[part])
                .MaxBy(part => (double)lengths[part] * dealt / classes.Count - parts[part].Count);
            parts[next].Add(sample);
        }
        return [.. parts.Select(part => Permutation(part.Count, generator).Select(place => part[(int)place]).ToArray())];
    }

    /// <summary>
    /// Returns the samples of each fold of a cross-validation. The sizes of folds differ by at most one sample; the first folds are larger, as with
    /// scikit-learn's KFold.
    /// </summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="folds">The number of folds.</param>
    /// <param name="seed">The seed of the random order; null keeps the order.</param>
    /// <param name="classes">The class of each sample, for the same class proportions in all folds; null for no stratification.</param>
    public static IReadOnlyList<(long[] Train, long[] Validation)> Folds(int count, int folds, long? seed, IReadOnlyList<long>? classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, count);
        var order = Enumerable.Range(0, count).Select(sample => (long)sample).ToArray();
        if (seed is { } start)
        {
            using var generator = new Generator(unchecked((ulong)start));
            order = Permutation(count, generator);
        }
        var foldOf = new int[count];
        if (classes is null)
        {
            // the first count % folds folds have one more sample
            for (var place = 0; place < count; place++)
            {
                var larger = count % folds * ((count / folds) + 1);
                foldOf[order[place]] = place < larger ? place / ((count / folds) + 1) : (count % folds) + ((place - larger) / (count / folds));
            }
        }
        else
        {
            // the samples, sorted by class, are assigned to the folds in turn
            foreach (var (place, sample) in order.OrderBy(sample => classes[(int)sample]).Index())
                foldOf[sample] = place % folds;
        }
        return [.. Enumerable.Range(0, folds).Select(fold => (
            order.Where(sample => foldOf[sample] != fold).ToArray(), order.Where(sample => foldOf[sample] == fold).ToArray()))];
    }

    private static void Check(long count, IReadOnlyList<long> lengths)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        if (lengths.Count == 0 || lengths.Any(length => length < 0) || lengths.Sum() != count)
            throw new ArgumentException($"The lengths {string.Join(" + ", lengths)} do not add up to the {count} samples.", nameof(lengths));
    }

    private static long[][] Cut(long[] order, IReadOnlyList<long> lengths)
    {
        var start = 0;
        return [.. lengths.Select(length => order[start..(start += (int)length)])];
    }

    private static long[] Permutation(long count, Generator generator)
    {
        using var order = randperm(count, generator: generator);
        return order.data<long>().ToArray();
    }
}
