using System.Xml.Linq;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.Charts;

/// <summary>Draws a panel: title, axes, grid and traces.</summary>
internal static class SvgPanel
{
    private const double TitleSize = 15;
    private const double AxisTitleSize = 14;
    private const double TickSize = 13;
    private const double PixelsPerTickX = 55;
    private const double PixelsPerTickY = 45;
    private const double WidestLabel = 150;
    private const double NarrowestLeft = 72;
    private const double LeastGap = 14;

    internal static XElement Draw(Panel panel, IReadOnlyList<Trace> traces, Area area, PointBudget budget)
    {
        var drawing = New("g", ("class", "panel"));
        XElement Heading(double center) =>
            Fitted(panel.Title, center, area.Top + 20, TitleSize, 2 * Math.Min(center - area.Left, area.Right - center) - 8);
        switch (traces)
        {
            case [Image picture]:
                drawing.Add(Heading(area.Center));
                drawing.Add(SvgImage.Draw(picture, area.Inside(left: 8, top: 32, right: 8, bottom: 8)));
                return drawing;
            case [ParallelCoordinates lines]:
                drawing.Add(Heading(area.Center));
                drawing.Add(SvgParallel.Draw(lines, area.Inside(left: 48, top: 60, right: 48, bottom: 16), TickSize));
                return drawing;
        }

        var scale = traces.OfType<Grid>().FirstOrDefault(grid => grid.ScaleTitle is not null);
        var bars = traces.OfType<Bar>().ToList();
        IReadOnlyList<string> below = bars.Count > 0 ? SvgBars.Categories(bars) : panel.X.Labels ?? [];
        var turned = TurnedHeight(below, area);
        Area Plot(double left) => area.Inside(left, top: 32, right: scale is null ? 16 : 96, bottom: 54 + turned);
        // the numbers of the vertical axis depend on the height of the plot only
        var plot = Plot(Math.Max(NarrowestLeft, 38 + Longest(TicksY(panel, traces, bars, Plot(NarrowestLeft)).Ticks.Labels)));
        drawing.Add(Heading(plot.Center));
        drawing.Add(AxisTitles(panel, plot, area));
        if (bars.Count > 0)
            DrawBars(drawing, panel, bars, plot, turned > 0);
        else
            DrawNumbers(drawing, panel, traces, plot, budget, turned > 0);
        if (scale is not null)
            drawing.Add(SvgColorBar.Draw(scale, plot, area, TickSize));
        if (!traces.SelectMany(trace => trace.Values).Any(double.IsFinite))
            drawing.Add(Text("no values", plot.Center, plot.Middle, AxisTitleSize));
        return drawing;
    }

    private static void DrawBars(XElement drawing, Panel panel, List<Bar> bars, Area plot, bool turned)
    {
        var (ticks, y) = TicksY(panel, [], bars, plot);
        drawing.Add(GridY(ticks, y, plot));
        drawing.Add(SvgBars.Draw(bars, y, plot, panel.Y.Format, TickSize, turned));
    }

    private static void DrawNumbers(XElement drawing, Panel panel, IReadOnlyList<Trace> traces, Area plot, PointBudget budget, bool turned)
    {
        var (ticks, y) = TicksY(panel, traces, [], plot);
        var x = NumberAxes.Scales(panel, traces, plot).X;
        // lines would cross out the texts of cells without a color
        var lines = !traces.OfType<Heatmap>().Any(map => map.Texts is not null);
        drawing.Add(GridY(ticks, y, plot, lines));
        drawing.Add(GridX(TicksX(panel.X, x, plot), x, plot, turned, lines));
        drawing.Add(traces.OfType<Grid>().Select(grid => SvgGrid.Draw(grid, x, y, TickSize)));
        drawing.Add(traces.OfType<Histogram>().Select(histogram => SvgHistogram.Draw(histogram, x, y)));
        drawing.Add(traces.OfType<Scatter>().Select(scatter => SvgScatter.Draw(scatter, x, y, budget)));
    }

    // round numbers may be closer to each other than intended, and then wide numbers would touch
    private static Ticks TicksX(Axis axis, Scale x, Area plot)
    {
        var count = (int)(plot.Width / PixelsPerTickX);
        var ticks = Ticks.Of(axis, x.Min, x.Max, count);
        while (axis.Labels is null && count > 1 && Distance(ticks, x) < Longest(ticks.Labels) + LeastGap)
            ticks = Ticks.Of(axis, x.Min, x.Max, --count);
        return ticks;
    }

    private static double Distance(Ticks ticks, Scale scale) =>
        ticks.Values.Zip(ticks.Values.Skip(1), (from, to) => Math.Abs(scale[to] - scale[from])).DefaultIfEmpty(double.PositiveInfinity).Min();

    private static (Ticks Ticks, Scale Scale) TicksY(Panel panel, IReadOnlyList<Trace> traces, List<Bar> bars, Area plot)
    {
        var count = (int)(plot.Height / PixelsPerTickY);
        if (bars.Count > 0)
        {
            var ofBars = SvgBars.ScaleOf(bars, plot, panel.Y.Format, TickSize);
            return (Ticks.Between(ofBars.Min, SvgBars.Top(bars, ofBars), count, panel.Y.Format), ofBars);
        }
        var y = NumberAxes.Scales(panel, traces, plot).Y;
        return (Ticks.Of(panel.Y, y.Min, y.Max, count), y);
    }

    private static IEnumerable<XElement> AxisTitles(Panel panel, Area plot, Area area)
    {
        yield return Text(panel.X.Title, plot.Center, area.Bottom - 12, AxisTitleSize);
        var upward = Text(panel.Y.Title, 0, 0, AxisTitleSize);
        upward.SetAttributeValue("transform", $"translate({Place(area.Left + 16)} {Place(plot.Middle)}) rotate(-90)");
        yield return upward;
    }

    private static XElement GridY(Ticks ticks, Scale scale, Area plot, bool lines = true) =>
        Grid("y", ticks, scale, at => lines ? $"M{Place(plot.Left)} {Place(at)}H{Place(plot.Right)}" : "", (label, at) => Text(label, plot.Left - 8, at + 4.5, TickSize, "end"));

    private static XElement GridX(Ticks ticks, Scale scale, Area plot, bool turned, bool lines) => Grid(
        "x", ticks, scale, at => lines ? $"M{Place(at)} {Place(plot.Top)}V{Place(plot.Bottom)}" : "",
        (label, at) => turned ? Slanting(label, at, plot.Bottom + 14, TickSize) : Text(label, at, plot.Bottom + 19, TickSize));

    private static XElement Grid(string axis, Ticks ticks, Scale scale, Func<double, string> line, Func<string, double, XElement> text)
    {
        var grid = New("g", ("class", $"axis {axis}"));
        var lines = string.Concat(ticks.Values.Select(value => line(scale[value])));
        if (lines.Length > 0)
            grid.Add(New("path", ("d", lines), ("fill", "none"), ("stroke", "currentColor"), ("stroke-opacity", "0.22")));
        for (var i = 0; i < ticks.Values.Count; i++)
        {
            var label = text(ticks.Labels[i], scale[ticks.Values[i]]);
            label.SetAttributeValue("data-value", Exact(ticks.Values[i]));
            grid.Add(label);
        }

        return grid;
    }

    private static double Longest(IReadOnlyList<string> labels) =>
        Math.Min(WidestLabel, labels.Select(label => WidthOf(label, TickSize)).DefaultIfEmpty().Max());

    /// <summary>Returns the height of labels that are rotated because they do not fit side by side; 0 if they fit.</summary>
    private static double TurnedHeight(IReadOnlyList<string> labels, Area area) =>
        Longest(labels) > area.Width * 0.8 / Math.Max(1, labels.Count) ? Longest(labels) * 0.65 : 0;
}
