using System.Net;
using System.Text.RegularExpressions;

namespace NotebookHost.Display;

/// <summary>Converts HTML to its visible text.</summary>
internal static partial class HtmlText
{
    public static string Visible(string html)
    {
        var text = Unseen().Replace(html, "");
        text = Breaks().Replace(text, "\n");
        text = CellEnds().Replace(text, "\t");
        text = WebUtility.HtmlDecode(Tags().Replace(text, ""));
        var lines = text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"<!--.*?-->|<(script|style|svg|head|template)\b.*?</\1\s*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Unseen();

    [GeneratedRegex(@"<br\b[^>]*>|</(p|div|tr|li|h[1-6]|pre|table|caption|summary|details|ul|ol)\s*>", RegexOptions.IgnoreCase)]
    private static partial Regex Breaks();

    [GeneratedRegex(@"</t[dh]\s*>", RegexOptions.IgnoreCase)]
    private static partial Regex CellEnds();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
