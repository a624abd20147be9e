namespace DeepLearning.TensorBoard;

/// <summary>Redistributes the counts of bins of different widths to bins of equal width.</summary>
internal static class EvenBins
{
    internal static double[] Of(HistogramPoint point, double min, double max, int bins)
    {
        var counts = new double[bins];
        var width = (max - min) / bins;
        var left = point.Min;
        for (var i = 0; i < point.Counts.Count; i++)
        {
            var right = Math.Min(point.Limits[i], point.Max);
            Share(counts, point.Counts[i], Math.Max(left, min), Math.Max(right, left), min, width);
            left = Math.Max(left, right);
        }
        return counts;
    }

    private static void Share(double[] counts, double count, double left, double right, double min, double width)
    {
        if (count <= 0)
            return;
        var (first, last) = (Bin(counts, left, min, width), Bin(counts, right, min, width));
        for (var bin = first; bin <= last; bin++)
        {
            var overlap = Math.Min(right, min + (bin + 1) * width) - Math.Max(left, min + bin * width);
            counts[bin] += first == last ? count : count * Math.Max(0, overlap) / (right - left);
        }
    }

    private static int Bin(double[] counts, double value, double min, double width) => Math.Clamp((int)((value - min) / width), 0, counts.Length - 1);
}
