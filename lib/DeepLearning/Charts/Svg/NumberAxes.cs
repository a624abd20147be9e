namespace DeepLearning.Charts;

/// <summary>What the two axes of a panel of numbers reach over.</summary>
internal static class NumberAxes
{
    private const double NamesBeside = 0.06;

    internal static (Scale X, Scale Y) Scales(Panel panel, IReadOnlyList<Trace> traces, Area plot)
    {
        var points = traces.SelectMany(Corners).ToList();
        // colours fill their plot to its edge, and columns stand on the axis
        var isFilled = traces.Any(trace => trace is Grid);
        var (besideX, besideY) = (isFilled ? 0 : 0.02, isFilled ? 0 : 0.04);
        var (left, right) = panel.X.IsReversed ? (plot.Right, plot.Left) : (plot.Left, plot.Right);
        var (bottom, top) = panel.Y.IsReversed ? (plot.Top, plot.Bottom) : (plot.Bottom, plot.Top);
        var below = traces.Any(trace => trace is Histogram) ? 0 : besideY;
        // names need room around the first and the last; those of a heat map stand at its columns
        besideX = panel.X.Labels is null || isFilled ? besideX : NamesBeside;
        return (
            Scaled(panel.X, points.Select(point => point.X), left, right, besideX, besideX),
            Scaled(panel.Y, points.Select(point => point.Y), bottom, top, below, besideY));
    }

    /// <summary>Where a trace ends; a point with one coordinate missing does not stretch the other axis.</summary>
    internal static IEnumerable<(double X, double Y)> Corners(Trace trace) => trace switch
    {
        Scatter scatter => scatter.X.Zip(scatter.Y).Where(point => double.IsFinite(point.First) && double.IsFinite(point.Second)),
        Histogram histogram => Corners(histogram.Edges, histogram.Values.Where(count => double.IsFinite(count) && count > 0).DefaultIfEmpty(0).ToList()),
        Heatmap map => [(Grid.Extent(map.X).From, Grid.Extent(map.Y).From), (Grid.Extent(map.X).To, Grid.Extent(map.Y).To)],
        Contour map => [(map.X[0], map.Y[0]), (map.X[^1], map.Y[^1])],
        _ => [],
    };

    // columns reach down to 0; on a logarithmic axis, where 0 is nowhere, to half of the smallest
    private static IEnumerable<(double X, double Y)> Corners(IReadOnlyList<double> edges, List<double> counts) =>
        [(edges[0], 0), (edges[0], counts.Min() / 2), (edges[^1], counts.Max())];

    private static Scale Scaled(Axis axis, IEnumerable<double> values, double from, double to, double below, double above) => axis.IsLogarithmic
        ? Scale.AroundLogarithms(values, from, to, below, above)
        : Scale.Around(values, from, to, below, above);
}
