using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace NotebookHost.Export.Html;

/// <summary>
/// Prepares SVG images for pages of any width: they shrink until their smallest letters have 9 pixels and then scroll; the panels of a figure, which
/// are side by side, are stacked on narrow pages.
/// </summary>
internal static partial class SvgHtml
{
    private const double SmallestText = 9;
    private const double LegendRow = 22;
    private const string PanelView = "panel-view";

    /// <summary>Adapts the SVG images in HTML.</summary>
    public static string Adapt(string html)
    {
        var adapted = new StringBuilder(html.Length + 64);
        var (end, start, depth) = (0, 0, 0);
        foreach (Match tag in Tags().Matches(html))
        {
            var isEnd = tag.Value[1] == '/';
            if (!isEnd && depth++ == 0)
                start = tag.Index;
            else if (isEnd && depth > 0 && --depth == 0)
            {
                var drawing = html[start..(tag.Index + tag.Length)];
                adapted.Append(html, end, start - end).Append(Stacked(drawing) ?? Legible(drawing));
                end = tag.Index + tag.Length;
            }
        }
        return adapted.Append(html, end, html.Length - end).ToString();
    }

    /// <summary>Returns the minimum width in pixels at which all text of an SVG image is readable; 0 for any width.</summary>
    public static double MinWidth(string svg)
    {
        var smallest = double.PositiveInfinity;
        // nested images have their own scale
        var scales = new Stack<double>();
        foreach (Match part in SizesAndTags().Matches(svg))
        {
            if (part.Groups["size"].Success)
            {
                if (Number(part.Groups["size"].Value) is > 0 and var size)
                    smallest = Math.Min(smallest, size * scales.DefaultIfEmpty(1).First());
            }
            else if (part.Value[1] == '/')
                _ = scales.TryPop(out _);
            else if (part.Value[^2] != '/')
            {
                scales.Push(scales.Count == 0 ? 1 : scales.Peek() * ScaleOf(part.Value));
                if (SizesAndTags().Match(part.Value, "<svg".Length).Groups["size"] is { Success: true } own)
                    smallest = Math.Min(smallest, Number(own.Value) * scales.Peek());
            }
        }
        var width = WidthOf(svg);
        return double.IsInfinity(smallest) || width <= 0 ? 0 : Math.Ceiling(width * SmallestText / smallest);
    }

    private static double ScaleOf(string tag)
        => ViewBox().Match(tag) is { Success: true } box && WidthAttribute().Match(tag) is { Success: true } width && Number(box.Groups["width"].Value) is > 0 and var units
            ? Number(width.Groups["width"].Value) / units
            : 1;

    private static string Legible(string svg)
    {
        var least = MinWidth(svg);
        if (least <= 0)
            return svg;
        var end = svg.IndexOf('>', StringComparison.Ordinal);
        var tag = svg[..end];
        var minimum = string.Create(CultureInfo.InvariantCulture, $"min-width:{least}px");
        tag = tag.Contains("style=\"", StringComparison.Ordinal)
            ? tag.Replace("style=\"", $"style=\"{minimum};", StringComparison.Ordinal)
            : tag.Insert("<svg".Length, $" style=\"{minimum}\"");
        return tag + svg[end..];
    }

    // a view of each panel in the same coordinates; null for an image without several panels
    private static string? Stacked(string text)
    {
        if (!text.Contains("class=\"panel\"", StringComparison.Ordinal) || Parse(text) is not { } svg)
            return null;
        var panels = svg.Elements().Where(element => HasClass(element, "panel")).ToList();
        if (panels.Count < 2 || (string?)svg.Attribute("viewBox") is not { } viewBox || viewBox.Split(' ') is not [_, _, var wide, var high])
            return null;
        var legend = svg.Elements().FirstOrDefault(element => HasClass(element, "legend"));
        var title = svg.Elements().FirstOrDefault(element => element.Name.LocalName == "text");
        var (width, height) = (Number(wide) / panels.Count, Number(high));
        var top = title is null ? 0 : Number((string?)title.Attribute("y") ?? "0") + 12;
        var legendTop = legend?.Elements().Where(element => element.Name.LocalName == "text").Select(entry => Number((string?)entry.Attribute("y") ?? "0") - 16)
            .DefaultIfEmpty(height).Min() ?? height;

        var html = new StringBuilder();
        html.Append("<div class=\"panels\" role=\"img\" aria-label=\"").Append(WebUtility.HtmlEncode((string?)svg.Attribute("aria-label") ?? title?.Value ?? "")).Append("\">\n");
        if (title is not null)
            html.Append("<p class=\"title\">").Append(WebUtility.HtmlEncode(title.Value)).Append("</p>\n");
        html.Append("<div class=\"row\">\n");
        for (var i = 0; i < panels.Count; i++)
            html.Append(View(svg, [panels[i]], i * width, top, width, legendTop - top, PanelView)).Append('\n');
        html.Append("</div>\n");
        if (legend is not null && legend.Elements().Any())
            AppendLegend(html, svg, legend);
        return html.Append("</div>").ToString();
    }

    private static void AppendLegend(StringBuilder html, XElement svg, XElement legend)
    {
        html.Append("<div class=\"legend-row\">\n");
        XElement? swatch = null;
        foreach (var element in legend.Elements())
        {
            if (element.Name.LocalName != "text")
            {
                swatch = element;
                continue;
            }
            var size = Number((string?)element.Attribute("font-size") ?? "14");
            var (x, y) = (Number((string?)element.Attribute("x") ?? "0"), Number((string?)element.Attribute("y") ?? "0"));
            var words = element.Value.Sum(letter => letter >= ProseHtml.FirstOfEastAsia ? 1 : 0.6) * size;
            XElement[] shown = swatch is null ? [element] : [swatch, element];
            html.Append(View(svg, shown, x - 40, y - 5 - LegendRow / 2, 48 + words, LegendRow, "legend-view")).Append('\n');
            swatch = null;
        }
        html.Append("</div>\n");
    }

    private static string View(XElement svg, IEnumerable<XElement> content, double left, double top, double width, double height, string kind)
    {
        var view = new XElement(
            svg.Name,
            new XAttribute("viewBox", FormattableString.Invariant($"{left:0.#} {top:0.#} {width:0.#} {height:0.#}")),
            new XAttribute("width", FormattableString.Invariant($"{width:0.#}")),
            new XAttribute("height", FormattableString.Invariant($"{height:0.#}")),
            new XAttribute("class", kind),
            svg.Attribute("font-family"),
            svg.Attribute("fill"),
            content);
        if (kind == PanelView && MinWidth(view.ToString()) is > 0 and var least)
            view.SetAttributeValue("style", FormattableString.Invariant($"--least:{least}px"));
        return view.ToString(SaveOptions.DisableFormatting);
    }

    private static XElement? Parse(string svg)
    {
        try
        {
            return XElement.Parse(svg);
        }
        catch (XmlException)
        {
            // HTML allows markup that is not valid XML
            return null;
        }
    }

    private static bool HasClass(XElement element, string name) => element.Name.LocalName == "g" && (string?)element.Attribute("class") == name;

    private static double WidthOf(string svg)
    {
        var tag = svg[..Math.Max(0, svg.IndexOf('>', StringComparison.Ordinal))];
        return ViewBox().Match(tag) is { Success: true } box ? Number(box.Groups["width"].Value) : WidthAttribute().Match(tag) is { Success: true } width ? Number(width.Groups["width"].Value) : 0;
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("<svg\\b[^>]*(?<!/)>|</svg>")]
    private static partial Regex Tags();

    [GeneratedRegex("<svg\\b[^>]*>|</svg>|font-size(?:=\"|:\\s*)(?<size>[\\d.]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex SizesAndTags();

    [GeneratedRegex("viewBox=\"[-\\d.]+[ ,]+[-\\d.]+[ ,]+(?<width>[\\d.]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex ViewBox();

    [GeneratedRegex("\\bwidth=\"(?<width>[\\d.]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex WidthAttribute();
}
