using System.Xml.Linq;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.Charts;

/// <summary>Draws one panel: title, axes, grid and traces.</summary>
internal static class SvgPanel
{
    private const double TitleSize = 15;
    private const double AxisTitleSize = 14;
    private const double TickSize = 13;
    private const double PixelsPerTickX = 55;
    private const double PixelsPerTickY = 45;

    internal static XElement Draw(Panel panel, IReadOnlyList<Trace> traces, Area area, PointBudget budget)
    {
        var bars = traces.OfType<Bar>().ToList();
        var scatters = traces.OfType<Scatter>().ToList();
        var plot = area.Inside(left: 72, top: 32, right: 16, bottom: 54);
        var y = bars.Count > 0
            ? SvgBars.ScaleOf(bars, plot, panel.Y.Format, TickSize)
            : Scale.Around(scatters.SelectMany(Shown).Select(point => point.Y), plot.Bottom, plot.Top);
        var x = Scale.Around(scatters.SelectMany(Shown).Select(point => point.X), plot.Left, plot.Right, 0.02, 0.02);

        var drawing = New("g", ("class", "panel"));
        drawing.Add(Text(panel.Title, plot.Center, plot.Top - 12, TitleSize));
        drawing.Add(AxisTitles(panel, plot, area));
        var top = bars.Count > 0 ? SvgBars.Top(bars, y) : y.Max;
        drawing.Add(GridY(Ticks.Between(y.Min, top, (int)(plot.Height / PixelsPerTickY), panel.Y.Format), y, plot));
        if (bars.Count > 0)
            drawing.Add(SvgBars.Draw(bars, y, plot, panel.Y.Format, TickSize));
        else
            drawing.Add(GridX(Ticks.Between(x.Min, x.Max, (int)(plot.Width / PixelsPerTickX), panel.X.Format), x, plot));

        drawing.Add(scatters.Select(scatter => SvgScatter.Draw(scatter, x, y, budget)));
        if (!traces.SelectMany(trace => trace.Values).Any(double.IsFinite))
            drawing.Add(Text("no values", plot.Center, plot.Middle, AxisTitleSize));
        return drawing;
    }

    /// <summary>The points that are drawn: a point with one coordinate missing does not stretch the other axis.</summary>
    private static IEnumerable<(double X, double Y)> Shown(Scatter scatter) =>
        scatter.X.Zip(scatter.Y).Where(point => double.IsFinite(point.First) && double.IsFinite(point.Second));

    private static IEnumerable<XElement> AxisTitles(Panel panel, Area plot, Area area)
    {
        yield return Text(panel.X.Title, plot.Center, plot.Bottom + 42, AxisTitleSize);
        var upward = Text(panel.Y.Title, 0, 0, AxisTitleSize);
        upward.SetAttributeValue("transform", $"translate({Place(area.Left + 16)} {Place(plot.Middle)}) rotate(-90)");
        yield return upward;
    }

    private static XElement GridY(Ticks ticks, Scale scale, Area plot) =>
        Grid("y", ticks, scale, at => $"M{Place(plot.Left)} {Place(at)}H{Place(plot.Right)}", (label, at) => Text(label, plot.Left - 8, at + 4.5, TickSize, "end"));

    private static XElement GridX(Ticks ticks, Scale scale, Area plot) =>
        Grid("x", ticks, scale, at => $"M{Place(at)} {Place(plot.Top)}V{Place(plot.Bottom)}", (label, at) => Text(label, at, plot.Bottom + 19, TickSize));

    private static XElement Grid(string axis, Ticks ticks, Scale scale, Func<double, string> line, Func<string, double, XElement> text)
    {
        var grid = New("g", ("class", $"axis {axis}"));
        var lines = string.Concat(ticks.Values.Select(value => line(scale[value])));
        grid.Add(New("path", ("d", lines), ("fill", "none"), ("stroke", "currentColor"), ("stroke-opacity", "0.22")));
        for (var i = 0; i < ticks.Values.Count; i++)
        {
            var label = text(ticks.Labels[i], scale[ticks.Values[i]]);
            label.SetAttributeValue("data-value", Exact(ticks.Values[i]));
            grid.Add(label);
        }

        return grid;
    }
}
