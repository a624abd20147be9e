using System.Text.Json.Nodes;
using static DeepLearning.Charts.PlotlyJson;

namespace DeepLearning.Charts;

/// <summary>Writes traces as plotly.js reads them.</summary>
internal static class PlotlyTraces
{
    internal static JsonObject Of(Trace trace, Figure figure)
    {
        var json = new JsonObject
        {
            ["type"] = TypeOf(trace),
            ["name"] = Plain(trace.Name),
        };
        if (trace is ParallelCoordinates lines)
        {
            Write(json, lines, figure.Layout.Panels.Count);
            return json;
        }

        json["showlegend"] = trace.ShowInLegend;
        json["xaxis"] = Id("x", trace.Panel);
        json["yaxis"] = Id("y", trace.Panel);
        if (trace.Group is not null)
            json["legendgroup"] = trace.Group;

        switch (trace)
        {
            case Scatter scatter:
                Write(json, scatter);
                break;
            case Bar bar:
                Write(json, bar, figure);
                break;
            case Histogram histogram:
                Write(json, histogram);
                break;
            case Grid grid:
                Write(json, grid, figure);
                break;
            case Image picture:
                json["source"] = picture.DataUri;
                json["x0"] = 0.5;
                json["y0"] = 0.5;
                json["hoverinfo"] = "skip";
                break;
        }

        return json;
    }

    /// <summary>What stands on heat maps and pictures: plotly itself would choose colours for a background that it does not know.</summary>
    internal static IEnumerable<JsonObject> Annotations(Trace trace) => trace switch
    {
        Heatmap { Texts: { } texts } map =>
            from colorOf in (Func<double, string>[])[map.Coloring()]
            from row in Enumerable.Range(0, map.Y.Count)
            from column in Enumerable.Range(0, map.X.Count)
            let value = map.Z[row, column]
            where texts[row, column].Length > 0
            select Annotation(
                trace, texts[row, column], map.X[column], map.Y[row], double.IsFinite(value) ? ColorScale.TextOn(colorOf(value)) : null),
        Image picture => picture.Captions.Select(caption => Annotation(trace, caption.Text, caption.X, caption.Y, caption.Color)),
        _ => [],
    };

    private static string TypeOf(Trace trace) => trace switch
    {
        Bar or Histogram => "bar",
        Heatmap => "heatmap",
        Contour => "contour",
        Image => "image",
        ParallelCoordinates => "parcoords",
        _ => "scatter",
    };

    private static void Write(JsonObject json, Scatter scatter)
    {
        json["mode"] = ModeOf(scatter.Mode);
        json["line"] = new JsonObject { ["color"] = scatter.Color, ["dash"] = DashOf(scatter.Dash), ["width"] = 2 };
        json["marker"] = new JsonObject { ["color"] = scatter.Color, ["size"] = 6 };
        json["x"] = Array(scatter.X, Number);
        json["y"] = Array(scatter.Y, Number);
    }

    private static void Write(JsonObject json, Bar bar, Figure figure)
    {
        json["marker"] = new JsonObject { ["color"] = bar.Color };
        json["x"] = Array(bar.Categories, category => JsonValue.Create(Plain(category)));
        json["y"] = Array(bar.Values, Number);
        json["text"] = Array(bar.Values, value => ValueLabel(value, figure.Layout.Panels[bar.Panel].Y.Format));
        json["textposition"] = "outside";
        json["textangle"] = TurnsText(figure, bar.Panel) ? -90 : 0;
        json["constraintext"] = "none";
        json["cliponaxis"] = false;
    }

    private static void Write(JsonObject json, Histogram histogram)
    {
        var bins = histogram.Edges.Zip(histogram.Edges.Skip(1)).ToList();
        json["marker"] = new JsonObject { ["color"] = histogram.Color, ["opacity"] = 0.65 };
        json["x"] = Array(bins, bin => Number((bin.First + bin.Second) / 2));
        json["width"] = Array(bins, bin => Number(bin.Second - bin.First));
        json["y"] = Array(histogram.Values, Number);
    }

    private static void Write(JsonObject json, Grid grid, Figure figure)
    {
        var (lowest, highest) = grid.Range();
        json["x"] = Array(grid.X, Number);
        json["y"] = Array(grid.Y, Number);
        json["z"] = Array(Enumerable.Range(0, grid.Y.Count), row => Array(Enumerable.Range(0, grid.X.Count), column => Number(grid.Z[row, column])));
        json["zmin"] = Number(lowest);
        json["zmax"] = Number(highest);
        json["colorscale"] = ScaleOf(grid.Colors);
        json["opacity"] = grid.Opacity;
        json["showscale"] = grid.ScaleTitle is not null;
        if (grid.ScaleTitle is { } title)
            json["colorbar"] = ColorBar(title);
        switch (grid)
        {
            case Contour contour:
                var levels = Isolines.Levels(contour);
                json["autocontour"] = false;
                json["contours"] = new JsonObject
                {
                    ["coloring"] = "heatmap",
                    ["start"] = levels[0],
                    ["end"] = levels[^1],
                    ["size"] = levels.Count > 1 ? levels[1] - levels[0] : 1,
                };
                json["line"] = new JsonObject { ["color"] = "rgba(255,255,255,0.55)", ["width"] = 1 };
                break;
            case Heatmap { Texts: not null }:
                (json["xgap"], json["ygap"]) = (1, 1);
                WriteNames(json, grid, figure.Layout.Panels[grid.Panel]);
                break;
        }
    }

    // over a cell, the pointer tells the names of its row and column rather than their numbers
    private static void WriteNames(JsonObject json, Grid grid, Panel panel)
    {
        if (panel.X.Labels is not { } columns || panel.Y.Labels is not { } rows)
            return;
        json["text"] = Array(grid.Y, row => Array(grid.X, column =>
            JsonValue.Create(Plain($"{panel.Y.Title}: {rows[(int)row]}, {panel.X.Title}: {columns[(int)column]}"))));
        json["hovertemplate"] = "%{text}<br>%{z}<extra></extra>";
    }

    private static void Write(JsonObject json, ParallelCoordinates lines, int panels)
    {
        var (left, right) = Domain(lines.Panel, panels);
        // above it stand the names of the axes
        json["domain"] = new JsonObject { ["x"] = new JsonArray(left, right), ["y"] = new JsonArray(0, 0.9) };
        json["line"] = new JsonObject
        {
            ["color"] = Array(lines.Values, Number),
            ["colorscale"] = ScaleOf(lines.Colors),
            ["showscale"] = true,
            ["colorbar"] = ColorBar(lines.Dimensions[lines.ColorBy].Title),
        };
        json["dimensions"] = Array(lines.Dimensions, DimensionOf);
    }

    private static JsonObject DimensionOf(Dimension dimension)
    {
        var json = new JsonObject { ["label"] = Plain(dimension.Title), ["values"] = Array(dimension.Values, Number) };
        if (dimension.Labels is { } labels)
        {
            json["tickvals"] = Array(Enumerable.Range(0, labels.Count), i => JsonValue.Create(i));
            json["ticktext"] = Array(labels, label => JsonValue.Create(Plain(label)));
        }
        return json;
    }

    private static JsonObject Annotation(Trace trace, string text, double x, double y, string? color)
    {
        var font = new JsonObject { ["size"] = Image.CaptionSize };
        if (color is not null)
            font["color"] = color;
        return new JsonObject
        {
            ["text"] = Plain(text),
            ["x"] = x,
            ["y"] = y,
            ["xref"] = Id("x", trace.Panel),
            ["yref"] = Id("y", trace.Panel),
            ["showarrow"] = false,
            ["font"] = font,
        };
    }

    private static JsonObject ColorBar(string title) => new()
    {
        ["title"] = new JsonObject { ["text"] = Plain(title), ["side"] = "right" },
        ["thickness"] = 14,
        ["outlinewidth"] = 0,
    };

    private static JsonArray ScaleOf(ColorScale scale) =>
        Array(scale.Colors.Select((color, i) => new JsonArray((double)i / (scale.Colors.Count - 1), color)), pair => pair);

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
