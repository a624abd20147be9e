using System.Text.Json.Nodes;
using System.Xml.Linq;
using DeepLearning.Charts;

namespace DeepLearning.Tests.Charts;

/// <summary>Figures for tests, and helpers for their drawings.</summary>
internal static class Figures
{
    internal static readonly double[] SomeX = [1, 2, 3, 4];
    internal static readonly double[] SomeY = [0.5, 2.25, -1, 3];

    internal static Figure Of(params Trace[] traces) => Of(new Panel("panel") { X = new Axis("epoch"), Y = new Axis("loss (nats)") }, traces);

    internal static Figure Of(Panel panel, params Trace[] traces) => new(traces, new Layout("title", [panel]));

    internal static Figure OfPoints(IReadOnlyList<double> y) =>
        Of(new Scatter("points", [.. Enumerable.Range(1, y.Count).Select(i => (double)i)], y) { Mode = ScatterMode.LinesAndMarkers });

    internal static XElement Svg(this Figure figure) => XElement.Parse(figure.ToSvg());

    internal static JsonNode Json(this Figure figure) => JsonNode.Parse(figure.ToJson())!;

    internal static IEnumerable<XElement> All(this XElement svg, string name) => svg.Descendants().Where(element => element.Name.LocalName == name);

    internal static double Number(this XElement element, string attribute) =>
        (double?)element.Attribute(attribute) ?? throw new ArgumentException($"<{element.Name.LocalName}> has no {attribute}.");

    internal static IEnumerable<string> Texts(this XElement svg) => svg.All("text").Select(text => text.Value);

    internal static IEnumerable<XElement> TicksOf(this XElement svg, string axis) =>
        svg.All("g").Where(group => (string?)group.Attribute("class") == $"axis {axis}").SelectMany(group => group.All("text"));
}
