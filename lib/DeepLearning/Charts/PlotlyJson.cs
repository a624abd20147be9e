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
    private const int WholeTicks = 8;

    // keeps Chinese names legible, yet escapes <, > and &: the json can stand inside a script element
    internal static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    internal static JsonObject Of(Figure figure) => new()
    {
        ["data"] = Array(figure.Data, trace => TraceOf(trace, figure)),
        ["layout"] = LayoutOf(figure),
    };

    private static JsonObject TraceOf(Trace trace, Figure figure)
    {
        var json = new JsonObject
        {
            ["type"] = trace is Bar ? "bar" : "scatter",
            ["name"] = Plain(trace.Name),
            ["showlegend"] = trace.ShowInLegend,
            ["xaxis"] = Id("x", trace.Panel),
            ["yaxis"] = Id("y", trace.Panel),
        };
        if (trace.Group is not null)
            json["legendgroup"] = trace.Group;

        switch (trace)
        {
            case Scatter scatter:
                json["mode"] = ModeOf(scatter.Mode);
                json["line"] = new JsonObject { ["color"] = trace.Color, ["dash"] = DashOf(scatter.Dash), ["width"] = 2 };
                json["marker"] = new JsonObject { ["color"] = trace.Color, ["size"] = 6 };
                json["x"] = Array(scatter.X, Number);
                json["y"] = Array(scatter.Y, Number);
                break;
            case Bar bar:
                json["marker"] = new JsonObject { ["color"] = trace.Color };
                json["x"] = Array(bar.Categories, category => JsonValue.Create(Plain(category)));
                json["y"] = Array(bar.Values, Number);
                json["text"] = Array(bar.Values, value => ValueLabel(value, figure.Layout.Panels[trace.Panel].Y.Format));
                json["textposition"] = "outside";
                json["textangle"] = TurnsText(figure, trace.Panel) ? -90 : 0;
                json["constraintext"] = "none";
                json["cliponaxis"] = false;
                break;
        }

        return json;
    }

    private static JsonObject LayoutOf(Figure figure)
    {
        var panels = figure.Layout.Panels;
        var json = new JsonObject
        {
            ["title"] = Text(figure.Layout.Title),
            ["paper_bgcolor"] = Transparent,
            ["plot_bgcolor"] = Transparent,
            ["font"] = new JsonObject { ["color"] = Palette.Neutral },
            ["height"] = 420,
            ["margin"] = new JsonObject { ["l"] = 60, ["r"] = 20, ["t"] = 70, ["b"] = 60 },
            ["legend"] = new JsonObject { ["orientation"] = "h", ["y"] = -0.25, ["yanchor"] = "top" },
            ["barmode"] = "group",
        };

        var annotations = new JsonArray();
        for (var i = 0; i < panels.Count; i++)
        {
            var width = (1 - Gap * (panels.Count - 1)) / panels.Count;
            var left = i * (width + Gap);
            var traces = figure.Data.Where(trace => trace.Panel == i).ToList();
            json[Id("xaxis", i)] = AxisOf(panels[i].X, Id("y", i), traces.OfType<Scatter>().SelectMany(trace => trace.X));
            json[Id("xaxis", i)]!["domain"] = new JsonArray(left, left + width);
            json[Id("xaxis", i)]!["showgrid"] = !traces.Exists(trace => trace is Bar);
            json[Id("yaxis", i)] = AxisOf(panels[i].Y, Id("x", i), traces.SelectMany(trace => trace.Values));
            if (traces.Exists(trace => trace is Bar))
                json[Id("yaxis", i)]!["range"] = RangeOf(traces, TurnsText(figure, i) ? 0.35 : 0.15);
            annotations.Add(TitleOf(panels[i], left + width / 2));
        }

        json["annotations"] = annotations;
        return json;
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
        return json;
    }

    // plotly leaves no room for what stands above the bars
    private static JsonArray RangeOf(List<Trace> bars, double above)
    {
        var values = bars.SelectMany(bar => bar.Values).Where(double.IsFinite).Append(0).ToList();
        var (min, max) = (values.Min(), values.Max());
        return min == max ? [0, 1] : [min, max + (max - min) * above];
    }

    private static bool TurnsText(Figure figure, int panel) => figure.Data.Count(trace => trace.Panel == panel) > BarsWithUprightText;

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

    // plotly reads text as a kind of html
    private static string Plain(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private static string ValueLabel(double value, AxisFormat format) => double.IsFinite(value) ? Ticks.ValueLabel(value, format) : "";

    private static JsonArray Array<T>(IEnumerable<T> values, Func<T, JsonNode?> convert) => [.. values.Select(convert)];

    // most values come from tensors of floats: written as such they take half the digits
    private static JsonValue? Number(double value) =>
        !double.IsFinite(value) ? null : value == (float)value ? JsonValue.Create((float)value) : JsonValue.Create(value);

    private static string Id(string axis, int panel) => panel == 0 ? axis : $"{axis}{panel + 1}";

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
