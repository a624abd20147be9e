using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace DeepLearning.Charts;

/// <summary>Writes a figure as plotly.js reads it.</summary>
internal static class PlotlyJson
{
    private const string Transparent = "rgba(0,0,0,0)";
    private const string Faint = "rgba(128,128,128,0.25)";
    private const double Gap = 0.1;
    private const int BarsWithUprightText = 3;
    private const int AllBarsWithUprightText = 14;
    private const int WholeTicks = 8;

    // the title and the legend, beside the panels
    private const double HeightAround = 100;

    // keeps Chinese names legible, yet escapes <, > and &: the json can stand inside a script element
    internal static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    internal static JsonObject Of(Figure figure) => new()
    {
        ["data"] = Array(figure.Data, trace => PlotlyTraces.Of(trace, figure)),
        ["layout"] = LayoutOf(figure),
    };

    internal static bool TurnsText(Figure figure, int panel)
    {
        var bars = figure.Data.OfType<Bar>().Where(bar => bar.Panel == panel).ToList();
        return bars.Count > BarsWithUprightText || bars.Sum(bar => bar.Values.Count) > AllBarsWithUprightText;
    }

    /// <summary>From where to where a panel reaches, as shares of the figure's width.</summary>
    internal static (double Left, double Right) Domain(int panel, int panels)
    {
        var width = (1 - Gap * (panels - 1)) / panels;
        return (panel * (width + Gap), panel * (width + Gap) + width);
    }

    // plotly reads text as a kind of html
    internal static string Plain(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    internal static string ValueLabel(double value, AxisFormat format) => double.IsFinite(value) ? Ticks.ValueLabel(value, format) : "";

    internal static JsonArray Array<T>(IEnumerable<T> values, Func<T, JsonNode?> convert) => [.. values.Select(convert)];

    // most values come from tensors of floats: written as such they take half the digits
    internal static JsonValue? Number(double value) =>
        !double.IsFinite(value) ? null : value == (float)value ? JsonValue.Create((float)value) : JsonValue.Create(value);

    internal static string Id(string axis, int panel) => panel == 0 ? axis : $"{axis}{panel + 1}";

    private static JsonObject LayoutOf(Figure figure)
    {
        var panels = figure.Layout.Panels;
        var json = new JsonObject
        {
            ["title"] = Text(figure.Layout.Title),
            ["paper_bgcolor"] = Transparent,
            ["plot_bgcolor"] = Transparent,
            ["font"] = new JsonObject { ["color"] = Palette.Neutral },
            ["height"] = figure.Layout.PanelHeight + HeightAround,
            ["margin"] = new JsonObject { ["l"] = 60, ["r"] = 20, ["t"] = 70, ["b"] = 60 },
            ["legend"] = new JsonObject { ["orientation"] = "h", ["y"] = -0.25, ["yanchor"] = "top" },
            ["barmode"] = figure.Data.Any(trace => trace is Histogram) ? "overlay" : "group",
        };

        var annotations = new JsonArray();
        for (var i = 0; i < panels.Count; i++)
        {
            var (left, right) = Domain(i, panels.Count);
            var traces = figure.Data.Where(trace => trace.Panel == i).ToList();
            annotations.Add(TitleOf(panels[i], (left + right) / 2));
            if (traces is [ParallelCoordinates])
                continue;
            var (x, y) = AxesOf(panels[i], i, traces, TurnsText(figure, i));
            x["domain"] = new JsonArray(left, right);
            (json[Id("xaxis", i)], json[Id("yaxis", i)]) = (x, y);
            foreach (var annotation in traces.SelectMany(PlotlyTraces.Annotations))
                annotations.Add((JsonNode)annotation);
        }

        json["annotations"] = annotations;
        return json;
    }

    private static (JsonObject X, JsonObject Y) AxesOf(Panel panel, int index, List<Trace> traces, bool turnsText)
    {
        var x = AxisOf(panel.X, Id("y", index), traces.OfType<Scatter>().SelectMany(trace => trace.X));
        var y = AxisOf(panel.Y, Id("x", index), traces.SelectMany(trace => trace.Values));
        x["showgrid"] = !traces.Exists(trace => trace is Bar);
        if (traces.Exists(trace => trace is Bar))
        {
            y["range"] = RangeOf(traces, turnsText ? 0.35 : 0.15);
            // plotly takes names that look like numbers for places, and leaves out the others
            x["type"] = "category";
        }
        if (traces is [Image picture])
        {
            (x["visible"], y["visible"]) = (false, false);
            (x["range"], y["range"]) = (new JsonArray(0, picture.Width), new JsonArray(picture.Height, 0));
            (y["scaleanchor"], y["constrain"], x["constrain"]) = (Id("x", index), "domain", "domain");
        }
        else if (traces.Exists(trace => trace is Grid))
        {
            // plotly leaves a margin around points, where there are no colours
            var corners = traces.SelectMany(NumberAxes.Corners).ToList();
            x["range"] = Ends(panel.X, corners.Select(corner => corner.X));
            y["range"] = Ends(panel.Y, corners.Select(corner => corner.Y));
        }
        return (x, y);
    }

    private static JsonObject AxisOf(Axis axis, string anchor, IEnumerable<double> values)
    {
        var json = new JsonObject
        {
            ["title"] = Text(axis.Title),
            ["anchor"] = anchor,
            ["automargin"] = true,
            ["gridcolor"] = Faint,
            ["linecolor"] = Faint,
            ["zerolinecolor"] = Faint,
        };
        if (axis.Format == AxisFormat.Percent)
            json["tickformat"] = ".0%";
        // plotly puts ticks at halves where there is room for them
        if (axis.Format == AxisFormat.Whole && values.Where(double.IsFinite).ToList() is { Count: > 0 } finite && finite.Max() - finite.Min() < WholeTicks)
            json["dtick"] = 1;
        if (axis.Labels is { } labels)
        {
            json["tickvals"] = Array(Enumerable.Range(0, labels.Count), i => JsonValue.Create(i));
            json["ticktext"] = Array(labels, label => JsonValue.Create(Plain(label)));
        }
        if (axis.IsLogarithmic)
            json["type"] = "log";
        if (axis.IsReversed)
            json["autorange"] = "reversed";
        return json;
    }

    private static JsonArray Ends(Axis axis, IEnumerable<double> values)
    {
        var ends = values.ToList();
        return axis.IsReversed ? new JsonArray(ends.Max(), ends.Min()) : new JsonArray(ends.Min(), ends.Max());
    }

    // plotly leaves no room for what stands above the bars
    private static JsonArray RangeOf(List<Trace> bars, double above)
    {
        var values = bars.SelectMany(bar => bar.Values).Where(double.IsFinite).Append(0).ToList();
        var (min, max) = (values.Min(), values.Max());
        return min == max ? [0, 1] : [min, max + (max - min) * above];
    }

    private static JsonObject TitleOf(Panel panel, double center) => new()
    {
        ["text"] = Plain(panel.Title),
        ["x"] = center,
        ["y"] = 1,
        ["xref"] = "paper",
        ["yref"] = "paper",
        ["xanchor"] = "center",
        ["yanchor"] = "bottom",
        ["showarrow"] = false,
        ["font"] = new JsonObject { ["size"] = 14 },
    };

    private static JsonObject Text(string text) => new() { ["text"] = Plain(text) };
}
