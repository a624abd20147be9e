using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html;

/// <summary>Converts terminal text to HTML: named colors become classes, which the themes of the page define; other colors become styles.</summary>
internal static class AnsiHtml
{
    private static readonly string[] _names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

    public static string Write(string text)
    {
        text = TerminalText.Settle(text);
        var html = new StringBuilder(text.Length + 16);
        var style = new Style();
        var start = 0;
        foreach (Match escape in TerminalText.Escapes().Matches(text))
        {
            Append(html, text.AsSpan(start, escape.Index - start), style);
            if (escape.Groups["colors"].Success)
                style = style.After(escape.Groups["colors"].Value);
            start = escape.Index + escape.Length;
        }
        Append(html, text.AsSpan(start), style);
        return html.ToString();
    }

    private static void Append(StringBuilder html, ReadOnlySpan<char> text, Style style)
    {
        if (text.IsEmpty)
            return;
        var encoded = WebUtility.HtmlEncode(text.ToString());
        if (style.Attributes() is { Length: > 0 } attributes)
            html.Append("<span").Append(attributes).Append('>').Append(encoded).Append("</span>");
        else
            html.Append(encoded);
    }

    /// <summary>The style of text; a color is a name ("red", "bright-red") or "#rrggbb".</summary>
    private sealed record Style(
        string? Front = null, string? Back = null, bool Bold = false, bool Dim = false, bool Italic = false, bool Underlined = false)
    {
        public Style After(string codes)
        {
            var style = this;
            var numbers = codes.Split(';').Select(code => int.TryParse(code, out var number) ? number : 0).ToArray();
            for (var i = 0; i < numbers.Length; i++)
            {
                var code = numbers[i];
                style = code switch
                {
                    0 => new Style(),
                    1 => style with { Bold = true },
                    2 => style with { Dim = true },
                    3 => style with { Italic = true },
                    4 => style with { Underlined = true },
                    22 => style with { Bold = false, Dim = false },
                    23 => style with { Italic = false },
                    24 => style with { Underlined = false },
                    >= 30 and <= 37 => style with { Front = _names[code - 30] },
                    >= 90 and <= 97 => style with { Front = "bright-" + _names[code - 90] },
                    38 => style with { Front = Extended(numbers, ref i) },
                    39 => style with { Front = null },
                    >= 40 and <= 47 => style with { Back = _names[code - 40] },
                    >= 100 and <= 107 => style with { Back = "bright-" + _names[code - 100] },
                    48 => style with { Back = Extended(numbers, ref i) },
                    49 => style with { Back = null },
                    _ => style,
                };
            }
            return style;
        }

        public string Attributes()
        {
            var classes = new List<string>();
            var styles = new List<string>();
            AddColor(Front, "ansi-", "color", classes, styles);
            AddColor(Back, "ansi-back-", "background-color", classes, styles);
            (bool Applies, string Name)[] shapes = [(Bold, "bold"), (Dim, "dim"), (Italic, "italic"), (Underlined, "underlined")];
            classes.AddRange(shapes.Where(shape => shape.Applies).Select(shape => "ansi-" + shape.Name));
            return (classes.Count > 0 ? $" class=\"{string.Join(' ', classes)}\"" : "")
                + (styles.Count > 0 ? $" style=\"{string.Join(';', styles)}\"" : "");
        }

        private static void AddColor(string? color, string prefix, string property, List<string> classes, List<string> styles)
        {
            if (color is null)
                return;
            if (color[0] == '#')
                styles.Add($"{property}:{color}");
            else
                classes.Add(prefix + color);
        }

        // 38;5;n is a color of the palette, 38;2;r;g;b is any color
        private static string? Extended(int[] numbers, ref int i)
        {
            if (i + 2 < numbers.Length && numbers[i + 1] == 5)
            {
                i += 2;
                return Palette(numbers[i] & 0xFF);
            }
            if (i + 4 < numbers.Length && numbers[i + 1] == 2)
            {
                i += 4;
                return Rgb(numbers[i - 2], numbers[i - 1], numbers[i]);
            }
            i = numbers.Length;
            return null;
        }

        private static string Palette(int number)
        {
            if (number < 16)
                return (number < 8 ? "" : "bright-") + _names[number % 8];
            if (number >= 232)
                return Rgb(8 + ((number - 232) * 10), 8 + ((number - 232) * 10), 8 + ((number - 232) * 10));
            var cube = number - 16;
            return Rgb(Level(cube / 36), Level(cube / 6 % 6), Level(cube % 6));
        }

        private static int Level(int step) => step == 0 ? 0 : 55 + (step * 40);

        private static string Rgb(int red, int green, int blue)
            => string.Create(CultureInfo.InvariantCulture, $"#{red & 0xFF:x2}{green & 0xFF:x2}{blue & 0xFF:x2}");
    }
}
