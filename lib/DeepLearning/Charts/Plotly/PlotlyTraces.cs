using Plotly.NET;
using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;
using static DeepLearning.Charts.PlotlyValues;
using PlotlyTrace = Plotly.NET.Trace;

namespace DeepLearning.Charts;

/// <summary>Builds Plotly.NET's traces.</summary>
internal static class PlotlyTraces
{
    internal static PlotlyTrace Of(Trace trace, Figure figure)
    {
        if (trace is ParallelCoordinates lines)
            return Fill(new TraceDomain("parcoords").With("name", Plain(trace.Name)), lines, figure.Layout.Panels.Count);

        var plotly = new Trace2D(TypeOf(trace))
            .With("name", Plain(trace.Name))
            .With("showlegend", trace.ShowInLegend)
            .With("xaxis", Id("x", trace.Panel))
            .With("yaxis", Id("y", trace.Panel))
            .With("legendgroup", trace.Group);
        return trace switch
        {
            Scatter scatter => Fill(plotly, scatter),
            Bar bar => Fill(plotly, bar, figure),
            Histogram histogram => Fill(plotly, histogram),
            Grid grid => Fill(plotly, grid, figure),
            Image image => plotly.With("source", image.DataUri).With("x0", 0.5).With("y0", 0.5).With("hoverinfo", "skip"),
            _ => plotly,
        };
    }

    /// <summary>Returns the texts on heat maps and images: plotly.js would choose their colors without knowing the background.</summary>
    internal static IEnumerable<Annotation> Annotations(Trace trace) => trace switch
    {
        Heatmap { Texts: { } texts } map =>
            from colorOf in (Func<double, string>[])[map.Coloring()]
            from row in Enumerable.Range(0, map.Y.Count)
            from column in Enumerable.Range(0, map.X.Count)
            let value = map.Z[row, column]
            where texts[row, column].Length > 0
            select AnnotationOf(
                trace, texts[row, column], map.X[column], map.Y[row], double.IsFinite(value) ? ColorScale.TextOn(colorOf(value)) : null),
        Image image => image.Captions.Select(caption => AnnotationOf(trace, caption.Text, caption.X, caption.Y, caption.Color)),
        _ => [],
    };

    private static string TypeOf(Trace trace) => trace switch
    {
        Bar or Histogram => "bar",
        Heatmap => "heatmap",
        Contour => "contour",
        Image => "image",
        _ => "scatter",
    };

    private static PlotlyTrace Fill(PlotlyTrace plotly, Scatter scatter) => plotly
        .With("mode", ModeOf(scatter.Mode))
        .With("line", new Line().With("color", scatter.Color).With("dash", DashOf(scatter.Dash)).With("width", 2))
        .With("marker", new Marker().With("color", scatter.Color).With("size", 6))
        .With("x", Numbers(scatter.X))
        .With("y", Numbers(scatter.Y));

    private static PlotlyTrace Fill(PlotlyTrace plotly, Bar bar, Figure figure)
    {
        var format = figure.Layout.Panels[bar.Panel].Y.Format;
        return plotly
            .With("marker", new Marker().With("color", bar.Color))
            .With("x", bar.Categories.Select(Plain).ToArray())
            .With("y", Numbers(bar.Values))
            .With("text", bar.Values.Select(value => double.IsFinite(value) ? Ticks.ValueLabel(value, format) : "").ToArray())
            .With("textposition", "outside")
            .With("textangle", PlotlyChart.TurnsText(figure, bar.Panel) ? -90 : 0)
            .With("constraintext", "none")
            .With("cliponaxis", false);
    }

    private static PlotlyTrace Fill(PlotlyTrace plotly, Histogram histogram)
    {
        var bins = histogram.Edges.Zip(histogram.Edges.Skip(1)).ToList();
        return plotly
            .With("marker", new Marker().With("color", histogram.Color).With("opacity", 0.65))
            .With("x", Numbers(bins.Select(bin => (bin.First + bin.Second) / 2)))
            .With("width", Numbers(bins.Select(bin => bin.Second - bin.First)))
            .With("y", Numbers(histogram.Values));
    }

    private static PlotlyTrace Fill(PlotlyTrace plotly, Grid grid, Figure figure)
    {
        var (lowest, highest) = grid.Range();
        plotly
            .With("x", Numbers(grid.X))
            .With("y", Numbers(grid.Y))
            .With("z", Enumerable.Range(0, grid.Y.Count)
                .Select(row => Numbers(Enumerable.Range(0, grid.X.Count).Select(column => grid.Z[row, column]))).ToArray())
            .With("zmin", lowest)
            .With("zmax", highest)
            .With("colorscale", ScaleOf(grid.Colors))
            .With("opacity", grid.Opacity)
            .With("showscale", grid.ScaleTitle is not null)
            .With("colorbar", grid.ScaleTitle is { } title ? ColorBarOf(title) : null);
        switch (grid)
        {
            case Contour contour:
                var levels = Isolines.Levels(contour);
                plotly
                    .With("autocontour", false)
                    .With("contours", new Contours().With("coloring", "heatmap").With("start", levels[0]).With("end", levels[^1])
                        .With("size", levels.Count > 1 ? levels[1] - levels[0] : 1))
                    .With("line", new Line().With("color", "rgba(255,255,255,0.55)").With("width", 1));
                break;
            case Heatmap { Texts: not null }:
                plotly.With("xgap", 1).With("ygap", 1);
                FillNames(plotly, grid, figure.Layout.Panels[grid.Panel]);
                break;
        }
        return plotly;
    }

    // the hover text of a cell has the names of its row and column instead of their indices
    private static void FillNames(PlotlyTrace plotly, Grid grid, Panel panel)
    {
        if (panel.X.Labels is not { } columns || panel.Y.Labels is not { } rows)
            return;
        plotly
            .With("text", grid.Y.Select(row => grid.X.Select(column =>
                Plain($"{panel.Y.Title}: {rows[(int)row]}, {panel.X.Title}: {columns[(int)column]}")).ToArray()).ToArray())
            .With("hovertemplate", "%{text}<br>%{z}<extra></extra>");
    }

    private static PlotlyTrace Fill(PlotlyTrace plotly, ParallelCoordinates lines, int panels) => plotly
        // the names of the axes are above it
        .With("domain", new Domain().With("x", PlotlyChart.Domain(lines.Panel, panels)).With("y", (double[])[0, 0.9]))
        .With("line", new Line()
            .With("color", Numbers(lines.Values))
            .With("colorscale", ScaleOf(lines.Colors))
            .With("showscale", true)
            .With("colorbar", ColorBarOf(lines.Dimensions[lines.ColorBy].Title)))
        .With("dimensions", lines.Dimensions.Select(DimensionOf).ToArray());

    private static Plotly.NET.TraceObjects.Dimension DimensionOf(Dimension dimension)
    {
        var plotly = new Plotly.NET.TraceObjects.Dimension().With("label", Plain(dimension.Title)).With("values", Numbers(dimension.Values));
        return dimension.Labels is { } labels ? plotly.WithLabels(labels) : plotly;
    }

    private static Annotation AnnotationOf(Trace trace, string text, double x, double y, string? color) => new Annotation()
        .With("text", Plain(text))
        .With("x", x)
        .With("y", y)
        .With("xref", Id("x", trace.Panel))
        .With("yref", Id("y", trace.Panel))
        .With("showarrow", false)
        .With("font", new Font().With("size", Image.CaptionSize).With("color", color));

    private static ColorBar ColorBarOf(string title) => new ColorBar()
        .With("title", new Title().With("text", Plain(title)).With("side", "right"))
        .With("thickness", 14)
        .With("outlinewidth", 0);

    private static object[][] ScaleOf(ColorScale scale) =>
        [.. scale.Colors.Select((color, i) => (object[])[(double)i / (scale.Colors.Count - 1), color])];

    private static string ModeOf(ScatterMode mode) => mode switch
    {
        ScatterMode.Lines => "lines",
        ScatterMode.Markers => "markers",
        ScatterMode.LinesAndMarkers => "lines+markers",
        _ => "none",
    };

    private static string DashOf(Dash dash) => dash switch
    {
        Dash.Dash => "dash",
        Dash.Dot => "dot",
        _ => "solid",
    };
}
