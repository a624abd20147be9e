using Tensorboard;

namespace TorchSharp.TensorBoard;

/// <summary>
/// Counts values in the bins of PyTorch's <c>make_histogram</c>. (TorchSharp's <c>Summary.make_histogram</c> does not support floats.)
/// </summary>
internal static class HistogramContent
{
    private static readonly double[] _fixedEdges = FixedEdges();

    /// <summary>Returns the message: bucket i counts the values from limit i-1 (inclusive) to limit i (exclusive).</summary>
    /// <exception cref="ArgumentException">There are no values, or no value is in any bin.</exception>
    public static HistogramProto Of(double[] values, HistogramBinSelector? selector, long? maxBins)
    {
        if (values.Length == 0)
            throw new ArgumentException("A histogram needs at least one value.", nameof(values));
        var (min, max, sum, squares) = (values[0], values[0], 0.0, 0.0);
        foreach (var value in values)
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
            sum += value;
            squares += value * value;
        }
        if (selector is not null && !(double.IsFinite(min) && double.IsFinite(max)))
            throw new ArgumentException($"The values are not all finite, so the rule {selector} gives no bins: omit the rule to use TensorFlow's "
                + "fixed bins.", nameof(values));
        var edges = selector is { } rule ? HistogramBins.Edges(values, rule, min, max) : _fixedEdges;
        var counts = Count(values, edges);
        if (maxBins is >= 1 and var most && counts.Length > most)
            (edges, counts) = Merge(edges, counts, counts.Length / most);
        var first = Array.FindIndex(counts, count => count > 0);
        if (first < 0)
            throw new ArgumentException("No value is in any bin: all values are NaN or beyond 1e20.", nameof(values));
        var last = Array.FindLastIndex(counts, count => count > 0);
        return new()
        {
            Min = min,
            Max = max,
            Num = values.Length,
            Sum = sum,
            SumSquares = squares,
            // an additional empty bucket has the left edge of the first non-empty bucket
            BucketLimit = { edges[first..(last + 2)] },
            Bucket = { first > 0 ? counts[first - 1] : 0, counts[first..(last + 1)] },
        };
    }

    /// <summary>Counts the values between consecutive edges; the last bin includes its right edge.</summary>
    public static double[] Count(double[] values, double[] edges)
    {
        var counts = new double[edges.Length - 1];
        foreach (var value in values)
        {
            // false for NaN too
            if (!(value >= edges[0] && value <= edges[^1]))
                continue;
            var found = Array.BinarySearch(edges, value);
            var bin = found >= 0 ? found : ~found - 1;
            counts[Math.Min(bin, counts.Length - 1)]++;
        }
        return counts;
    }

    private static (double[] Edges, double[] Counts) Merge(double[] edges, double[] counts, long together)
    {
        var merged = new double[(counts.Length + together - 1) / together];
        for (var i = 0; i < counts.Length; i++)
            merged[i / together] += counts[i];
        return ([.. merged.Select((_, i) => edges[i * together]), edges[^1]], merged);
    }

    private static double[] FixedEdges()
    {
        var positive = new List<double>();
        for (var edge = 1e-12; edge < 1e20; edge *= 1.1)
            positive.Add(edge);
        return [.. positive.Select(edge => -edge).Reverse(), 0, .. positive];
    }
}
