using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace DeepLearning.Charts;

/// <summary>Creates the elements of drawings.</summary>
internal static class SvgElement
{
    private const double SmallestFitted = 11;

    private static readonly XNamespace _namespace = "http://www.w3.org/2000/svg";

    internal static XElement New(string name, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var element = new XElement(_namespace + name);
        foreach (var (attribute, value) in attributes)
            element.SetAttributeValue(attribute, Written(value));
        return element;
    }

    internal static XElement Text(string text, double x, double y, double size, string anchor = "middle")
    {
        var element = New("text", ("x", x), ("y", y), ("font-size", size), ("text-anchor", anchor));
        element.Value = Clean(text);
        return element;
    }

    /// <summary>Returns a text that is not wider than a width: in a smaller font and, if that is not enough, without its end.</summary>
    internal static XElement Fitted(string text, double x, double y, double size, double width)
    {
        var fitting = Math.Clamp(size * width / Math.Max(1, WidthOf(text, size)), SmallestFitted, size);
        var shown = text;
        while (shown.Length > 1 && WidthOf(shown, fitting) > width)
            shown = $"{shown[..^2]}…";
        return Text(shown, x, y, fitting);
    }

    /// <summary>Returns a rotated label that ends at a position.</summary>
    internal static XElement Slanting(string text, double x, double y, double size)
    {
        var label = Text(text, 0, 0, size, "end");
        label.SetAttributeValue("transform", $"translate({Place(x + 4)} {Place(y)}) rotate(-40)");
        return label;
    }

    internal static XElement Title(string text)
    {
        var element = New("title");
        element.Value = Clean(text);
        return element;
    }

    /// <summary>Returns a coordinate of the drawing as text, in tenths of a pixel.</summary>
    internal static string Place(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Returns a value of the data as text, with all its digits.</summary>
    internal static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Returns the approximate width of a text in a wide font (DejaVu Sans), so that texts do not touch in any.</summary>
    internal static double WidthOf(string text, double size) => text.Sum(letter => letter switch
    {
        >= '\u2e80' => 1,
        >= '\u2190' and <= '\u21ff' => 0.84, // arrows
        'm' or 'w' or 'M' or 'W' or '%' or '@' or '+' or '=' or '<' or '>' => 0.9,
        'i' or 'j' or 'l' or 'I' or 'J' or ' ' or '.' or ',' or ':' or ';' or '|' or '!' => 0.32,
        'f' or 'r' or 't' or '-' or '/' or '(' or ')' or '[' or ']' => 0.4,
        >= '0' and <= '9' => 0.64,
        >= 'A' and <= 'Z' => 0.71,
        _ => 0.6,
    }) * size;

    // names may contain characters that are invalid in XML
    private static string Clean(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\ufffd" : rune.ToString()));

    private static string Written(object value) => value is double number ? Place(number) : Clean(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
}
