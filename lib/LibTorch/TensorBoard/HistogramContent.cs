using TorchSharp.Utils.tensorboard.Enums;

namespace TorchSharp.TensorBoard;

/// <summary>Values in bins: bucket i counts what lies below limit i and not below the limit before.</summary>
internal sealed record HistogramContent(double Min, double Max, double Count, double Sum, double SumOfSquares, double[] Limits, double[] Buckets)
{
    private static readonly double[] _fixedEdges = FixedEdges();

    /// <summary>Bins as PyTorch's writer makes them.</summary>
    /// <exception cref="ArgumentException">There is no value that any bin takes.</exception>
    public static HistogramContent Of(double[] values, HistogramBinSelector selector, long? most)
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
        if (selector != HistogramBinSelector.Tensorflow && !(double.IsFinite(min) && double.IsFinite(max)))
            throw new ArgumentException("Bins between infinite or undefined values cannot be chosen: use the bins of TensorFlow.", nameof(values));
        var edges = selector == HistogramBinSelector.Tensorflow ? _fixedEdges : HistogramBins.Edges(values, selector, min, max);
        var counts = Counted(values, edges);
        if (most is >= 1 and var limit && counts.Length > limit)
            (edges, counts) = Merged(edges, counts, counts.Length / limit);
        var first = Array.FindIndex(counts, count => count > 0);
        if (first < 0)
            throw new ArgumentException("No value lies in any bin: all are undefined or beyond 1e20.", nameof(values));
        var last = Array.FindLastIndex(counts, count => count > 0);
        // an empty bucket on the left carries the left edge of the first that is not
        double[] buckets = [first > 0 ? counts[first - 1] : 0, .. counts[first..(last + 1)]];
        return new(min, max, values.Length, sum, squares, edges[first..(last + 2)], buckets);
    }

    /// <summary>Values between each two edges; the last bin has its right edge too.</summary>
    public static double[] Counted(double[] values, double[] edges)
    {
        var counts = new double[edges.Length - 1];
        foreach (var value in values)
        {
            if (!(value >= edges[0] && value <= edges[^1]))
                continue;
            var found = Array.BinarySearch(edges, value);
            var bin = found >= 0 ? found : ~found - 1;
            counts[Math.Min(bin, counts.Length - 1)]++;
        }
        return counts;
    }

    private static (double[] Edges, double[] Counts) Merged(double[] edges, double[] counts, long together)
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
