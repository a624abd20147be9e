namespace DeepLearning.Charts;

/// <summary>Computes the scales of the two axes of a numeric panel.</summary>
internal static class NumberAxes
{
    private const double NamesBeside = 0.06;

    internal static (Scale X, Scale Y) Scales(Panel panel, IReadOnlyList<Trace> traces, Area plot)
    {
        var points = traces.SelectMany(Corners).ToList();
        // color grids fill the plot to its edges, and columns start at the axis
        var isFilled = traces.Any(trace => trace is Grid);
        var (besideX, besideY) = (isFilled ? 0 : 0.02, isFilled ? 0 : 0.04);
        var (left, right) = panel.X.IsReversed ? (plot.Right, plot.Left) : (plot.Left, plot.Right);
        var (bottom, top) = panel.Y.IsReversed ? (plot.Top, plot.Bottom) : (plot.Bottom, plot.Top);
        var below = traces.Any(trace => trace is Histogram) ? 0 : besideY;
        // labels need space before the first and after the last; those of a heat map are at its columns
        besideX = panel.X.Labels is null || isFilled ? besideX : NamesBeside;
        return (
            Scaled(panel.X, points.Select(point => point.X), left, right, besideX, besideX),
            Scaled(panel.Y, points.Select(point => point.Y), bottom, top, below, besideY));
    }

    /// <summary>Returns the extreme points of a trace; a point with a missing coordinate does not extend the other axis.</summary>
    internal static IEnumerable<(double X, double Y)> Corners(Trace trace) => trace switch
    {
        Scatter scatter => scatter.X.Zip(scatter.Y).Where(point => double.IsFinite(point.First) && double.IsFinite(point.Second)),
        Histogram histogram => Corners(histogram.Edges, histogram.Values.Where(count => double.IsFinite(count) && count > 0).DefaultIfEmpty(0).ToList()),
        Heatmap map => [(Grid.Extent(map.X).From, Grid.Extent(map.Y).From), (Grid.Extent(map.X).To, Grid.Extent(map.Y).To)],
        Contour map => [(map.X[0], map.Y[0]), (map.X[^1], map.Y[^1])],
        _ => [],
    };

    // columns start at 0; on a logarithmic axis, which has no 0, at half of the minimum
    private static IEnumerable<(double X, double Y)> Corners(IReadOnlyList<double> edges, List<double> counts) =>
        [(edges[0], 0), (edges[0], counts.Min() / 2), (edges[^1], counts.Max())];

    private static Scale Scaled(Axis axis, IEnumerable<double> values, double from, double to, double below, double above) => axis.IsLogarithmic
        ? Scale.AroundLogarithms(values, from, to, below, above)
        : Scale.Around(values, from, to, below, above);
}
