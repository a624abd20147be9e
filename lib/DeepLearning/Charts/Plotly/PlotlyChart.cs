using Microsoft.FSharp.Collections;
using Plotly.NET;
using Plotly.NET.LayoutObjects;
using PlotlyLayout = Plotly.NET.Layout;

namespace DeepLearning.Charts;

/// <summary>Builds the Plotly.NET chart of a figure with this library's style instead of Plotly.NET's default template.</summary>
internal static class PlotlyChart
{
    private const string Transparent = "rgba(0,0,0,0)";
    private const string Faint = "rgba(128,128,128,0.25)";
    private const double Gap = 0.1;
    private const int BarsWithUprightText = 3;
    private const int AllBarsWithUprightText = 14;
    private const int WholeTicks = 8;
    private const int TitleDistance = 12;

    // the height of the title and the legend
    private const double HeightAround = 100;

    internal static GenericChart Of(Figure figure) => GenericChart.NewMultiChart(
        ListModule.OfSeq(figure.Data.Select(trace => PlotlyTraces.Of(trace, figure))),
        LayoutOf(figure),
        new Config().With("responsive", true).With("displaylogo", false),
        new DisplayOptions());

    internal static bool TurnsText(Figure figure, int panel)
    {
        var bars = figure.Data.OfType<Bar>().Where(bar => bar.Panel == panel).ToList();
        return bars.Count > BarsWithUprightText || bars.Sum(bar => bar.Values.Count) > AllBarsWithUprightText;
    }

    /// <summary>Returns the start and end of a panel as fractions of the figure's width.</summary>
    internal static double[] Domain(int panel, int panels)
    {
        var width = (1 - Gap * (panels - 1)) / panels;
        return [panel * (width + Gap), panel * (width + Gap) + width];
    }

    private static PlotlyLayout LayoutOf(Figure figure)
    {
        var panels = figure.Layout.Panels;
        var layout = new PlotlyLayout()
            .With("title", TitleOf(figure.Layout.Title))
            .With("paper_bgcolor", Transparent)
            .With("plot_bgcolor", Transparent)
            .With("font", new Font().With("color", Palette.Neutral))
            .With("height", figure.Layout.PanelHeight + HeightAround)
            .With("margin", new Margin().With("l", 60).With("r", 20).With("t", 70).With("b", 60))
            .With("legend", new Legend().With("orientation", "h").With("y", -0.25).With("yanchor", "top"))
            .With("barmode", figure.Data.Any(trace => trace is Histogram) ? "overlay" : "group");

        List<Annotation> annotations = [];
        for (var i = 0; i < panels.Count; i++)
        {
            var domain = Domain(i, panels.Count);
            var traces = figure.Data.Where(trace => trace.Panel == i).ToList();
            annotations.Add(TitleOf(panels[i], domain.Average()));
            if (traces is [ParallelCoordinates])
                continue;
            var (x, y) = AxesOf(panels[i], i, traces, TurnsText(figure, i));
            layout.With(PlotlyValues.Id("xaxis", i), x.With("domain", domain)).With(PlotlyValues.Id("yaxis", i), y);
            annotations.AddRange(traces.SelectMany(PlotlyTraces.Annotations));
        }
        return layout.With("annotations", annotations);
    }

    private static (LinearAxis X, LinearAxis Y) AxesOf(Panel panel, int index, List<Trace> traces, bool turnsText)
    {
        var x = AxisOf(panel.X, PlotlyValues.Id("y", index), traces.OfType<Scatter>().SelectMany(trace => trace.X));
        var y = AxisOf(panel.Y, PlotlyValues.Id("x", index), traces.SelectMany(trace => trace.Values));
        x.With("showgrid", !traces.Exists(trace => trace is Bar));
        if (traces.Exists(trace => trace is Bar))
        {
            y.With("range", RangeOf(traces, turnsText ? 0.35 : 0.15));
            // plotly interprets names that look like numbers as positions, and ignores other names
            x.With("type", "category");
        }
        if (traces is [Image image])
        {
            x.With("visible", false).With("range", (double[])[0, image.Width]).With("constrain", "domain");
            y.With("visible", false).With("range", (double[])[image.Height, 0]).With("constrain", "domain")
                .With("scaleanchor", PlotlyValues.Id("x", index));
        }
        else if (traces.Exists(trace => trace is Grid))
        {
            // plotly leaves a margin without colors around points
            var corners = traces.SelectMany(NumberAxes.Corners).ToList();
            x.With("range", Ends(panel.X, corners.Select(corner => corner.X)));
            y.With("range", Ends(panel.Y, corners.Select(corner => corner.Y)));
        }
        return (x, y);
    }

    private static LinearAxis AxisOf(Axis axis, string anchor, IEnumerable<double> values)
    {
        var plotly = new LinearAxis()
            // an explicit distance, because plotly draws the title over wide labels
            .With("title", TitleOf(axis.Title).With("standoff", TitleDistance))
            .With("anchor", anchor)
            .With("automargin", true)
            .With("gridcolor", Faint)
            .With("linecolor", Faint)
            .With("zerolinecolor", Faint);
        if (axis.Format == AxisFormat.Percent)
            plotly.With("tickformat", ".0%");
        // plotly puts ticks at halves if there is space
        if (axis.Format == AxisFormat.Whole && values.Where(double.IsFinite).ToList() is { Count: > 0 } finite && finite.Max() - finite.Min() < WholeTicks)
            plotly.With("dtick", 1);
        if (axis.Labels is { } labels)
            plotly.WithLabels(labels);
        if (axis.IsLogarithmic)
            plotly.With("type", "log");
        if (axis.IsReversed)
            plotly.With("autorange", "reversed");
        return plotly;
    }

    private static double[] Ends(Axis axis, IEnumerable<double> values)
    {
        var ends = values.ToList();
        return axis.IsReversed ? [ends.Max(), ends.Min()] : [ends.Min(), ends.Max()];
    }

    // plotly reserves no space for text above the bars
    private static double[] RangeOf(List<Trace> bars, double above)
    {
        var values = bars.SelectMany(bar => bar.Values).Where(double.IsFinite).Append(0).ToList();
        var (min, max) = (values.Min(), values.Max());
        return min == max ? [0, 1] : [min, max + (max - min) * above];
    }

    private static Annotation TitleOf(Panel panel, double center) => new Annotation()
        .With("text", PlotlyValues.Plain(panel.Title))
        .With("x", center)
        .With("y", 1)
        .With("xref", "paper")
        .With("yref", "paper")
        .With("xanchor", "center")
        .With("yanchor", "bottom")
        .With("showarrow", false)
        .With("font", new Font().With("size", 14));

    private static Title TitleOf(string text) => new Title().With("text", PlotlyValues.Plain(text));
}
