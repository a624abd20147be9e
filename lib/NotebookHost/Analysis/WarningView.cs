using System.Net;
using System.Text;
using NotebookHost.Display;

namespace NotebookHost.Analysis;

/// <summary>
/// Shows warnings below a cell, as HTML and as text. They contain the line but not the number of the cell, which may change between runs, so that the executed notebook does not
/// change.
/// </summary>
internal static class WarningView
{
    // the first warnings are sufficient, because one habit can cause dozens
    private const int MaxShown = 10;

    /// <summary>Returns a bundle of the warnings.</summary>
    public static MimeBundle Of(IReadOnlyList<CellWarning> warnings)
    {
        var (text, html) = (new StringBuilder(), new StringBuilder());
        foreach (var warning in warnings.Take(MaxShown))
        {
            var place = warning.Line is { } line ? $"line {line}: " : "";
            var details = string.Concat(warning.Code.Select(code => $"\n{code}")) + (warning.Fix is { } fix ? $"\n    fix: {fix}" : "");
            text.Append(text.Length > 0 ? "\n" : "").Append(place).Append(warning.Summary).Append(details);
            var help = warning.Help is null ? "" : $"\n    help: {warning.Help}";
            text.Append(help);
            html.Append(html.Length > 0 ? "\n" : "").Append(place).Append("<b>").Append(warning.SeverityName).Append(' ').Append(Link(warning)).Append("</b>: ")
                .Append(WebUtility.HtmlEncode(warning.Message + details + (warning.HelpAddress is null ? help : "")));
        }
        if (warnings.Count > MaxShown)
        {
            var more = $"\n… and {warnings.Count - MaxShown} more";
            text.Append(more);
            html.Append(more);
        }
        return new MimeBundle(
        [
            KeyValuePair.Create("text/html", $"<div style=\"border-left:3px solid #d29922;padding-left:10px\"><pre style=\"margin:0;white-space:pre-wrap;word-break:normal\">{html}</pre></div>"),
            KeyValuePair.Create(MimeBundle.PlainTextType, text.ToString()),
        ]);
    }

    private static string Link(CellWarning warning)
        => warning.HelpAddress is not { } address
            ? WebUtility.HtmlEncode(warning.Id)
            : $"<a href=\"{WebUtility.HtmlEncode(address)}\" target=\"_blank\" rel=\"noopener\">{WebUtility.HtmlEncode(warning.Id)}</a>";
}
