using System.Net;
using System.Text;

namespace NotebookHost.Running;

/// <summary>The page that lists the notebooks of a batch with their results, durations and copies. It does not require other files.</summary>
internal static class IndexPage
{
    private const string Head = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Notebook runs</title>
        <style>
        :root { color-scheme: light dark; --line: #8884; --good: #1a7f37; --bad: #cf222e; }
        @media (prefers-color-scheme: dark) { :root { --good: #3fb950; --bad: #ff7b72; } }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .4rem .8rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .succeeded { color: var(--good); } .failed, .interrupted { color: var(--bad); }
        code { font-size: .85em; overflow-wrap: anywhere; }
        </style>
        </head>
        <body>
        <h1>Notebook runs</h1>

        """;

    public static string Write(IReadOnlyList<NotebookResult> results, DateTimeOffset time)
    {
        var page = new StringBuilder(Head);
        var failed = results.Count(result => result.Status != RunStatus.Succeeded);
        page.Append($"<p>{results.Count} run, {failed} failed · {time.UtcDateTime:yyyy-MM-dd HH:mm} UTC</p>\n");
        page.Append("<table>\n<thead><tr><th>notebook</th><th>status</th>");
        page.Append("<th class=\"number\">cells</th><th class=\"number\">seconds</th></tr></thead>\n<tbody>\n");
        foreach (var result in results)
            Append(page, result);
        return page.Append("</tbody>\n</table>\n</body>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder page, NotebookResult result)
    {
        var status = result.Status.ToString().ToLowerInvariant();
        var copy = Path.GetFileName(result.CopyPath) ?? result.Name;
        page.Append("<tr><td>");
        AppendLink(page, Path.GetFileName(result.PagePath) ?? copy, result.Name);
        if (result.PagePath is not null)
        {
            page.Append(" (");
            AppendLink(page, copy, "notebook");
            page.Append(')');
        }
        if (result.Failure is { } failure)
            page.Append("<br><code>").Append(WebUtility.HtmlEncode(failure)).Append("</code>");
        page.Append($"</td><td class=\"{status}\">{status}</td>");
        page.Append($"<td class=\"number\">{result.CellsRun} of {result.CellCount}</td>");
        page.Append($"<td class=\"number\">{result.Duration.TotalSeconds:0.0}</td></tr>\n");
    }

    private static void AppendLink(StringBuilder page, string file, string text)
    {
        page.Append("<a href=\"").Append(WebUtility.HtmlEncode(Uri.EscapeDataString(file))).Append("\">");
        page.Append(WebUtility.HtmlEncode(text)).Append("</a>");
    }
}
