
namespace TorchSharp.TensorBoard;

/// <summary>Computes the edges of bins of equal width with numpy's rules (<c>numpy.histogram_bin_edges</c>).</summary>
internal static class HistogramBins
{
    private const int MaxBins = 1_000_000;

    public static double[] Edges(double[] values, HistogramBinSelector selector, double min, double max)
    {
        if (min == max)
            return Even(min - 0.5, max + 0.5, 1);
        var width = Width(values, selector, min, max);
        return Even(min, max, width > 0 ? (int)Math.Min(MaxBins, Math.Ceiling((max - min) / width)) : 1);
    }

    private static double Width(double[] values, HistogramBinSelector selector, double min, double max)
    {
        double count = values.Length;
        var range = max - min;
        return selector switch
        {
            HistogramBinSelector.Sqrt => range / Math.Sqrt(count),
            HistogramBinSelector.Sturges => range / (Math.Log2(count) + 1),
            HistogramBinSelector.Rice => range / (2 * Math.Cbrt(count)),
            HistogramBinSelector.Scott => Math.Cbrt(24 * Math.Sqrt(Math.PI) / count) * Deviation(values),
            HistogramBinSelector.Doane => Doane(values, range),
            HistogramBinSelector.Stone => Stone(values, min, max),
            _ => throw new ArgumentOutOfRangeException(nameof(selector), selector, "This rule for bins is unknown."),
        };
    }

    private static double Doane(double[] values, double range)
    {
        double count = values.Length;
        var deviation = Deviation(values);
        if (values.Length <= 2 || deviation == 0)
            return 0;
        var mean = values.Average();
        var skewness = values.Average(value => Math.Pow((value - mean) / deviation, 3));
        var error = Math.Sqrt(6 * (count - 2) / ((count + 1) * (count + 3)));
        return range / (1 + Math.Log2(count) + Math.Log2(1 + (Math.Abs(skewness) / error)));
    }

    // the number of bins with the smallest estimated error in leave-one-out cross-validation
    private static double Stone(double[] values, double min, double max)
    {
        var (count, range) = (values.Length, max - min);
        var most = Math.Max(100, (int)Math.Sqrt(count));
        var best = Enumerable.Range(1, most).MinBy(bins =>
        {
            var squares = HistogramContent.Count(values, Even(min, max, bins)).Sum(bin => bin / count * (bin / count));
            return (2 - ((count + 1) * squares)) / (range / bins);
        });
        return range / best;
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double[] Even(double first, double last, int bins) =>
        [.. Enumerable.Range(0, bins).Select(i => first + (i * ((last - first) / bins))), last];
}
