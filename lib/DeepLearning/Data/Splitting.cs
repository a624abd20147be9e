using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Decides which samples go into which part of a data set. The parts never overlap, and the same seed gives the same parts.</summary>
internal static class Splitting
{
    /// <summary>How many samples each part gets: the share rounded down, and one more for the first parts while some are left over.</summary>
    public static long[] Lengths(long count, IReadOnlyList<double> fractions)
    {
        ArgumentNullException.ThrowIfNull(fractions);
        if (fractions.Count == 0 || fractions.Any(fraction => fraction is not (>= 0 and <= 1)) || Math.Abs(fractions.Sum() - 1) > 1e-9)
            throw new ArgumentException($"The fractions {string.Join(" + ", fractions)} do not add up to 1.", nameof(fractions));
        long[] lengths = [.. fractions.Select(fraction => (long)Math.Floor(count * fraction))];
        var rest = count - lengths.Sum();
        for (var i = 0; i < rest; i++)
            lengths[i % lengths.Length]++;
        return lengths;
    }

    /// <summary>The samples of each part in random order: those that PyTorch's random_split draws from a generator of that seed.</summary>
    public static IEnumerable<long[]> AtRandom(long count, IReadOnlyList<long> lengths, long seed)
    {
        Check(count, lengths);
        using var generator = new Generator(unchecked((ulong)seed));
        return Cut(Permutation(count, generator), lengths);
    }

    /// <summary>The samples of each part in random order, each class in all parts in the same proportion, as near as whole samples come.</summary>
    public static IEnumerable<long[]> Stratified(IReadOnlyList<long> classes, IReadOnlyList<long> lengths, long seed)
    {
        Check(classes.Count, lengths);
        using var generator = new Generator(unchecked((ulong)seed));
        var byClass = Permutation(classes.Count, generator).OrderBy(sample => classes[(int)sample]);
        var parts = lengths.Select(length => new List<long>((int)length)).ToArray();
        var dealt = 0L;
        foreach (var sample in byClass)
        {
            // whoever is furthest behind its share gets the next sample, so that each class is dealt out in proportion
            dealt++;
            var next = Enumerable.Range(0, parts.Length)
                .Where(part => parts[part].Count < lengths[part])
                .MaxBy(part => (double)lengths[part] * dealt / classes.Count - parts[part].Count);
            parts[next].Add(sample);
        }
        return [.. parts.Select(part => Permutation(part.Count, generator).Select(place => part[(int)place]).ToArray())];
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
