using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DeepLearning.Charts;
using DeepLearning.Display;
using Plotly.NET;
using static DeepLearning.Tests.Charts.Figures;
using Figure = DeepLearning.Charts.Figure;
using Layout = DeepLearning.Charts.Layout;

namespace DeepLearning.Tests.Charts;

public sealed class FigureDisplayTests
{
    private static readonly string[] _mimeTypes = ["application/vnd.plotly.v1+json", "text/html", "image/svg+xml", "text/plain"];

    private static Dictionary<string, string> Bundle(Figure figure) =>
        new FigureFormatterSource().CreateTypeFormatters().Cast<TypeFormatter<Figure>>().ToDictionary(formatter => formatter.MimeType, formatter =>
        {
            using var writer = new StringWriter();
            Assert.True(formatter.Format(figure, writer));
            return writer.ToString();
        });

    [Fact]
    public void Kernels_find_the_formatters_by_the_name_of_the_attribute()
    {
        var attribute = typeof(Figure).GetCustomAttributes(false).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");

        Assert.Equal(typeof(FigureFormatterSource), attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute));
        Assert.Equal(_mimeTypes, (string[])attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute)!);
    }

    [Fact]
    public void A_figure_has_four_formats()
    {
        var figure = OfPoints(SomeY);

        var bundle = Bundle(figure);

        Assert.Equal(_mimeTypes, bundle.Keys);
        Assert.IsType<JsonObject>(JsonNode.Parse(bundle["application/vnd.plotly.v1+json"]));
        Assert.Equal(figure.ToSvg(), bundle["image/svg+xml"]);
        Assert.Equal(figure.ToString(), bundle["text/plain"]);
    }

    [Fact]
    public void Html_contains_the_drawing_for_pages_without_scripts()
    {
        var html = OfPoints(SomeY).ToHtml();

        var svg = XElement.Parse(html[html.IndexOf("<svg", StringComparison.Ordinal)..(html.IndexOf("</svg>", StringComparison.Ordinal) + 6)]);

        Assert.Equal(SomeY.Length, svg.All("circle").Count());
        Assert.Null(svg.Attribute("color"));
    }

    [Fact]
    public void Html_loads_plotly_only_from_the_address_of_the_host()
    {
        var before = Environment.GetEnvironmentVariable("PLOTLY_JS_URL");
        string html;
        try
        {
            Environment.SetEnvironmentVariable("PLOTLY_JS_URL", null);
            html = OfPoints(SomeY).ToHtml();
            Assert.Contains("var address = null;", html);
            Environment.SetEnvironmentVariable("PLOTLY_JS_URL", "files/plotly.min.js</script>");
            Assert.Contains("var address = \"files/plotly.min.js\\u003C/script\\u003E\";", OfPoints(SomeY).ToHtml());
        }
        finally
        {
            Environment.SetEnvironmentVariable("PLOTLY_JS_URL", before);
        }
        Assert.Contains("document.body.dataset.baseUrl", html);
        Assert.DoesNotContain("kernelspecs", html);
        Assert.DoesNotContain("require", html);
        Assert.Equal("http://www.w3.org/2000/svg", Assert.Single(Regex.Matches(html, "https?://[^\"']*")).Value);
    }

    [Fact]
    public void A_chart_that_was_changed_with_Plotly_NET_is_shown_with_the_change()
    {
        var figure = OfPoints([1, double.NaN, 2]);
        var layout = GenericChart.getLayout(figure.Chart);
        layout.SetProperty("width", 300);
        var chart = GenericChart.setLayout(layout, figure.Chart);
        var shown = PlotlyDisplay.Formatters.ToDictionary(formatter => formatter.MimeType, formatter => formatter.Render(chart));
        var json = JsonNode.Parse(shown["application/vnd.plotly.v1+json"])!;
        Assert.Equal(300, (int)json["layout"]!["width"]!);
        Assert.Equal("title", (string?)json["layout"]!["title"]!["text"]);
        Assert.Null(json["layout"]!["template"]);
        Assert.Null(figure.Json()["layout"]!["width"]);
        Assert.Contains("<script>", shown["text/html"]);
        Assert.Equal("A Plotly.NET chart of 1 traces.", shown["text/plain"]);
    }

    [Fact]
    public void The_json_of_a_chart_equals_the_json_of_Plotly_NET()
    {
        foreach (var figure in (Figure[])[OfPoints([1, 0.1f, -1.5]), Of(new Bar("a", ["x", "y"], [1, 2])), new Figure(
            [new Contour("c", [0, 1], [0, 1], new double[,] { { 1, 2 }, { 3, 4 } }) { ScaleTitle = "z" }], new Layout("t", [new Panel()]))])
        {
            var own = JsonNode.Parse(GenericChart.toFigureJson(figure.Chart))!;
            Assert.True(JsonNode.DeepEquals(Doubles(own["data"]), Doubles(figure.Json()["data"])), $"{own["data"]}\n{figure.Json()["data"]}");
            Assert.True(JsonNode.DeepEquals(Doubles(own["layout"]), Doubles(figure.Json()["layout"])), $"{own["layout"]}\n{figure.Json()["layout"]}");
        }

        // 1 and 1.0 are equal
        static JsonNode? Doubles(JsonNode? node) => node switch
        {
            JsonObject properties => new JsonObject(properties.Select(entry => KeyValuePair.Create(entry.Key, Doubles(entry.Value)))),
            JsonArray elements => new JsonArray([.. elements.Select(Doubles)]),
            JsonValue value when value.GetValueKind() == JsonValueKind.Number => (double)(float)value.GetValue<double>(),
            _ => node?.DeepClone(),
        };
    }

    [Fact]
    public void Names_cannot_end_the_script_element()
    {
        var html = Of(new Scatter("</script><script>alert(1)</script><!--", SomeX, SomeY)).ToHtml();

        Assert.Single(Regex.Matches(html, "<script", RegexOptions.IgnoreCase));
        Assert.Single(Regex.Matches(html, "</script", RegexOptions.IgnoreCase));
        Assert.DoesNotContain("<!--", html);
    }

    [Fact]
    public void A_name_that_looks_like_a_placeholder_is_not_replaced()
    {
        Assert.Contains("\"$id\"", Of(new Scatter("$id", SomeX, SomeY)).ToHtml());
    }

    [Fact]
    public void The_same_figure_gives_the_same_html()
    {
        Assert.Equal(OfPoints(SomeY).ToHtml(), OfPoints(SomeY).ToHtml());
    }
}
