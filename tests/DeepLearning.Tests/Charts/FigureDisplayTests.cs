using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DeepLearning.Charts;
using DeepLearning.Display;
using static DeepLearning.Tests.Charts.Figures;

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
    public void The_bundle_has_all_four_forms()
    {
        var figure = OfPoints(SomeY);

        var bundle = Bundle(figure);

        Assert.Equal(_mimeTypes, bundle.Keys);
        Assert.IsType<JsonObject>(JsonNode.Parse(bundle["application/vnd.plotly.v1+json"]));
        Assert.Equal(figure.ToSvg(), bundle["image/svg+xml"]);
        Assert.Equal(figure.ToString(), bundle["text/plain"]);
    }

    [Fact]
    public void Html_holds_the_drawing_so_that_it_shows_without_a_script()
    {
        var html = OfPoints(SomeY).ToHtml();

        var svg = XElement.Parse(html[html.IndexOf("<svg", StringComparison.Ordinal)..(html.IndexOf("</svg>", StringComparison.Ordinal) + 6)]);

        Assert.Equal(SomeY.Length, svg.All("circle").Count());
        Assert.Null(svg.Attribute("color"));
    }

    [Fact]
    public void Html_asks_no_one_but_the_server_of_the_notebook()
    {
        var html = OfPoints(SomeY).ToHtml();

        Assert.Contains("document.body.dataset.baseUrl", html);
        Assert.Contains("kernelspecs/csharp/plotly.min.js", html);
        Assert.DoesNotContain("require", html);
        Assert.Equal("http://www.w3.org/2000/svg", Assert.Single(Regex.Matches(html, "https?://[^\"']*")).Value);
    }

    [Fact]
    public void No_name_ends_the_script()
    {
        var html = Of(new Scatter("</script><script>alert(1)</script><!--", SomeX, SomeY)).ToHtml();

        Assert.Single(Regex.Matches(html, "<script", RegexOptions.IgnoreCase));
        Assert.Single(Regex.Matches(html, "</script", RegexOptions.IgnoreCase));
        Assert.DoesNotContain("<!--", html);
    }

    [Fact]
    public void A_name_that_looks_like_a_placeholder_stays_a_name()
    {
        Assert.Contains("\"$id\"", Of(new Scatter("$id", SomeX, SomeY)).ToHtml());
    }

    [Fact]
    public void The_same_figure_gives_the_same_html()
    {
        Assert.Equal(OfPoints(SomeY).ToHtml(), OfPoints(SomeY).ToHtml());
    }
}
