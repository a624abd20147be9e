using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using NotebookHost.Display;

namespace NotebookHost.Export.Html;

/// <summary>
/// Prepares the tables and the preformatted text of HTML for pages: tables scroll separately, header cells have a scope, and columns of numbers
/// are aligned right, all others left.
/// </summary>
internal static partial class TableHtml
{
    /// <summary>
    /// Adapts HTML. A header cell without a scope gets one: "col" in the head of a table, otherwise "row"; an empty header cell becomes a data cell.
    /// Explicit centering and right alignment are kept; explicit left alignment of numbers is not.
    /// </summary>
    public static string Adapt(string html)
    {
        var numbers = NumberColumns.Of(html);
        var adapted = new StringBuilder(html.Length + 64);
        var place = new TablePlace();
        var end = 0;
        foreach (Match tag in Tags().Matches(html))
        {
            adapted.Append(html, end, tag.Index - end);
            end = tag.Index + tag.Length;
            place.Enter(tag);
            adapted.Append(tag.Groups["name"].Value.ToUpperInvariant() switch
            {
                "TABLE" when !tag.Groups["end"].Success => place.Depth == 1 ? $"<div class=\"scroll\" tabindex=\"0\">{tag.Value}" : tag.Value,
                "TABLE" => place.Depth == 0 ? $"{tag.Value}</div>" : tag.Value,
                "PRE" => WithKeyboard(tag),
                "TH" or "TD" when !tag.Groups["end"].Success => Cell(html, tag, place, numbers.Contains(place.Column)),
                _ => place.Close(tag),
            });
        }
        return adapted.Append(html, end, html.Length - end).ToString();
    }

    private static string WithKeyboard(Match tag) => tag.Groups["end"].Success || tag.Groups["attributes"].Value.Contains("tabindex=", StringComparison.OrdinalIgnoreCase)
        ? tag.Value
        : $"<pre tabindex=\"0\"{tag.Groups["attributes"].Value}>";

    private static string Cell(string html, Match tag, TablePlace place, bool isNumber)
    {
        var attributes = tag.Groups["attributes"].Value;
        var isHeader = char.ToUpperInvariant(tag.Groups["name"].Value[1]) == 'H';
        if (isHeader && EmptyCell().IsMatch(html.AsSpan(tag.Index + tag.Length)))
        {
            place.ClosesAsPlain = true;
            return "<td>";
        }
        if (isHeader && !attributes.Contains("scope=", StringComparison.OrdinalIgnoreCase))
            attributes = $" scope=\"{(place.IsHead ? "col" : "row")}\"{attributes}";
        // Markdown for Notebook 6 aligns every column left explicitly
        if (isNumber)
            attributes = LeftAligned().Replace(attributes, "text-align: right");
        if (isNumber && !attributes.Contains("text-align", StringComparison.OrdinalIgnoreCase) && !attributes.Contains("class=", StringComparison.OrdinalIgnoreCase))
            attributes += " class=\"digits\"";
        return $"<{tag.Groups["name"].Value}{attributes}>";
    }

    [GeneratedRegex(@"<(?<end>/)?(?<name>table|thead|tbody|tr|th|td|pre)\b(?<attributes>[^>]*)>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    internal static partial Regex Tags();

    [GeneratedRegex(@"text-align:\s*left", RegexOptions.IgnoreCase)]
    private static partial Regex LeftAligned();

    [GeneratedRegex(@"\A\s*</th>", RegexOptions.IgnoreCase)]
    private static partial Regex EmptyCell();

    /// <summary>The position of a tag in the tables of a text.</summary>
    private sealed class TablePlace
    {
        private int _tables;
        private int _column;

        public int Depth { get; private set; }

        public bool IsHead { get; private set; }

        /// <summary>Whether the current header cell became a data cell.</summary>
        public bool ClosesAsPlain { get; set; }

        public (int Table, int Column) Column => (_tables, _column);

        public void Enter(Match tag)
        {
            var isEnd = tag.Groups["end"].Success;
            switch (tag.Groups["name"].Value.ToUpperInvariant())
            {
                case "TABLE":
                    Depth += isEnd ? -1 : 1;
                    _tables += isEnd ? 0 : 1;
                    IsHead = false;
                    break;
                case "THEAD":
                    IsHead = !isEnd;
                    break;
                case "TR" when !isEnd:
                    _column = 0;
                    break;
                case "TH" or "TD" when !isEnd:
                    _column++;
                    break;
            }
        }

        public string Close(Match tag)
        {
            if (!ClosesAsPlain || !tag.Value.Equals("</th>", StringComparison.OrdinalIgnoreCase))
                return tag.Value;
            ClosesAsPlain = false;
            return "</td>";
        }
    }

    /// <summary>Returns the columns of tables in which every nonempty cell contains a number, with or without a unit.</summary>
    private static partial class NumberColumns
    {
        public static HashSet<(int Table, int Column)> Of(string html)
        {
            var numbers = new HashSet<(int, int)>();
            var others = new HashSet<(int, int)>();
            var place = new TablePlace();
            (int Index, (int, int) Column)? open = null;
            foreach (Match tag in Tags().Matches(html))
            {
                place.Enter(tag);
                var name = tag.Groups["name"].Value.ToUpperInvariant();
                if (name is "TD" or "TH" && !tag.Groups["end"].Success)
                    open = place.IsHead ? null : (tag.Index + tag.Length, place.Column);
                else if (open is { } cell)
                {
                    Note(WebUtility.HtmlDecode(AnyTag().Replace(html[cell.Index..tag.Index], "")).Trim(), cell.Column);
                    open = null;
                }
            }
            numbers.ExceptWith(others);
            return numbers;

            void Note(string text, (int, int) column)
            {
                if (text.Length > 0)
                    (NumberText.Is(text) ? numbers : others).Add(column);
            }
        }

        [GeneratedRegex("<[^>]*>")]
        private static partial Regex AnyTag();
    }
}
