using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html;

/// <summary>
/// A notebook as one html page that needs no other file and no network: prose, highlighted code, every output, a table of contents.
/// Nothing is run. Html that the notebook holds is the page's html, as with Jupyter's own export.
/// </summary>
public static class HtmlPage
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; media-src data:; "
        + "form-action 'none'; base-uri 'none'";

    private static readonly Lazy<string> _css = new(() =>
    {
        using var resource = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream("page.css")!);
        return resource.ReadToEnd();
    });

    /// <summary>Writes the page.</summary>
    /// <returns>The page's text, to be stored as UTF-8.</returns>
    public static string Write(NotebookDocument document, HtmlPageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        options ??= new HtmlPageOptions();
        var plotly = options.ForbidScripts || !HasFigure(document) ? null : options.PlotlyScript;
        var prose = new ProseHtml(new ImageFolder(options.Folder), options.PageOf);
        var outputs = new OutputHtml(prose, hasPlotly: plotly is not null);
        var cells = new StringBuilder();
        foreach (var cell in document.Cells)
        {
            if (cell.Kind == CellKind.Markdown)
                AppendProse(cells, cell, prose);
            else if (cell.Kind == CellKind.Code)
                AppendCode(cells, cell, outputs, document.IsCSharp && CellLanguage.Of(cell) == CellLanguage.CSharp);
            else if (!string.IsNullOrWhiteSpace(cell.Source))
                cells.Append("<section class=\"raw\"><pre>").Append(WebUtility.HtmlEncode(cell.Source)).Append("</pre></section>\n");
        }

        var page = new StringBuilder(cells.Length + 16384);
        AppendHead(page, prose.Headings.Count > 0 ? prose.Headings[0].Text : options.Name, options, plotly);
        page.Append("<body>\n");
        AppendContents(page, prose.Headings);
        page.Append("<main>\n");
        AppendNeighbours(page, options);
        page.Append(cells).Append("</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    /// <summary>Begins a page, up to its body.</summary>
    internal static void AppendHead(StringBuilder page, string title, HtmlPageOptions options, string? script)
    {
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        if (options.ForbidScripts)
            page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"").Append(Policy).Append("\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append("<title>").Append(WebUtility.HtmlEncode(title)).Append("</title>\n");
        page.Append("<style>\n").Append(_css.Value).Append("</style>\n");
        if (script is not null)
            page.Append("<script>").Append(script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)).Append("</script>\n");
        page.Append("</head>\n");
    }

    private static void AppendContents(StringBuilder page, IReadOnlyList<Heading> headings)
    {
        var listed = headings.Where(heading => heading.Level <= 3).ToList();
        if (listed.Count < 2)
            return;
        page.Append("<nav aria-label=\"Contents\"><details open>\n<summary>Contents</summary>\n<ol>\n");
        foreach (var heading in listed)
        {
            page.Append($"<li class=\"level-{heading.Level}\"><a href=\"#").Append(WebUtility.HtmlEncode(heading.Id)).Append("\">");
            page.Append(WebUtility.HtmlEncode(heading.Text)).Append("</a></li>\n");
        }
        page.Append("</ol>\n</details></nav>\n");
    }

    private static void AppendNeighbours(StringBuilder page, HtmlPageOptions options)
    {
        if ((options.Index ?? options.Previous ?? options.Next) is null)
            return;
        page.Append("<header class=\"neighbours\">\n");
        Append(options.Previous, "prev", "← ", "");
        Append(options.Index, "index", "", "");
        Append(options.Next, "next", "", " →");
        page.Append("</header>\n");

        void Append(PageLink? link, string role, string before, string after)
        {
            if (link is not null)
            {
                page.Append($"<a class=\"{role}\" rel=\"{role}\" href=\"").Append(WebUtility.HtmlEncode(Uri.EscapeDataString(link.File)));
                page.Append("\">").Append(before).Append(WebUtility.HtmlEncode(link.Title)).Append(after).Append("</a>\n");
            }
        }
    }

    private static void AppendProse(StringBuilder page, NotebookCell cell, ProseHtml prose)
    {
        page.Append("<section class=\"prose\">\n");
        page.Append(prose.Write(cell.Source, name => Attachment(cell, name)));
        page.Append("</section>\n");
    }

    private static void AppendCode(StringBuilder page, NotebookCell cell, OutputHtml outputs, bool isCSharp)
    {
        page.Append("<section class=\"code\">\n");
        if (!string.IsNullOrWhiteSpace(cell.Source))
            AppendHideable(page, IsHidden(cell, "source_hidden"), "Code", () => AppendSource(page, cell, isCSharp));
        if (cell.Outputs.Count > 0)
        {
            AppendHideable(page, IsHidden(cell, "outputs_hidden"), "Output", () =>
            {
                foreach (var output in StoredOutput.Of(cell))
                    outputs.Append(page, output);
            });
        }
        page.Append("</section>\n");
    }

    private static void AppendSource(StringBuilder page, NotebookCell cell, bool isCSharp)
    {
        page.Append("<pre class=\"source\" tabindex=\"0\"");
        if (cell.ExecutionCount is { } count)
            page.Append($" data-count=\"{count}\"");
        var code = isCSharp ? CSharpHtml.Write(cell.Source) : WebUtility.HtmlEncode(cell.Source);
        page.Append("><code>").Append(code).Append("</code></pre>\n");
    }

    private static void AppendHideable(StringBuilder page, bool hidden, string what, Action content)
    {
        if (hidden)
            page.Append("<details><summary>").Append(what).Append("</summary>\n");
        content();
        if (hidden)
            page.Append("</details>\n");
    }

    private static bool IsHidden(NotebookCell cell, string what)
        => (cell.Metadata["jupyter"] as JsonObject)?[what] is JsonValue value && value.TryGetValue(out bool hidden) && hidden;

    private static bool HasFigure(NotebookDocument document)
        => document.CodeCells.SelectMany(StoredOutput.Of).Any(output => output.In("application/vnd.plotly.v1+json") is not null);

    private static string? Attachment(NotebookCell cell, string name)
    {
        if ((cell.Json["attachments"] as JsonObject)?[name] is not JsonObject types)
            return null;
        var (type, data) = types.FirstOrDefault(entry => MultilineText.Join(entry.Value) is not null);
        return data is null ? null : $"data:{type};base64,{MultilineText.Join(data)}";
    }
}
