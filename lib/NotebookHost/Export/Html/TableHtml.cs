using System.Text.RegularExpressions;

namespace NotebookHost.Export.Html;

/// <summary>Makes tables accessible to screen readers and the keyboard.</summary>
internal static partial class TableHtml
{
    /// <summary>
    /// Makes tables reachable, and gives header cells a scope that have none: a column in a table's head, elsewhere a row. One without words heads
    /// nothing and becomes a plain cell.
    /// </summary>
    public static string Adapt(string html)
    {
        var inHead = false;
        return Tags().Replace(html, tag =>
        {
            if (tag.Groups["table"].Success)
                return $"{tag.Value} tabindex=\"0\"";
            if (tag.Groups["empty"].Success)
                return "<td></td>";
            if (tag.Groups["head"].Success)
                return $"<th scope=\"{(inHead ? "col" : "row")}\"";
            inHead = !tag.Value.StartsWith("</", StringComparison.Ordinal);
            return tag.Value;
        });
    }

    [GeneratedRegex(
        @"</?thead\b|(?<table><table\b)(?![^>]*\btabindex=)|(?<empty><th\b[^>]*>\s*</th>)|(?<head><th\b)(?![^>]*\bscope=)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Tags();
}
