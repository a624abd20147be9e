using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html;

/// <summary>The cells of a notebook as HTML, for any page.</summary>
/// <param name="Cells">The HTML of the cells.</param>
/// <param name="Headings">All headings in order.</param>
/// <param name="Sections">The text by heading, for the search index.</param>
internal sealed record NotebookHtml(string Cells, IReadOnlyList<Heading> Headings, IReadOnlyList<PageSection> Sections)
{
    private const string SolutionTag = "solution";

    public static NotebookHtml Of(NotebookDocument document, HtmlPageOptions options, bool hasPlotly)
    {
        var words = PageTexts.In(options.Language);
        var prose = new ProseHtml(new ImageFolder(options.Folder), options.PageOf, words, options.Language == ReadingLanguage.Chinese);
        var outputs = new OutputHtml(prose, hasPlotly);
        var html = new StringBuilder();
        foreach (var cell in document.Cells)
        {
            if (cell.Kind == CellKind.Markdown)
                AppendProse(html, cell, document, prose, options.Language);
            else if (cell.Kind == CellKind.Code)
                AppendCode(html, CodeTranslation.Of(cell, document, options.Language), prose, outputs, words, document.IsCSharp && CellLanguage.Of(cell) == CellLanguage.CSharp);
            else if (!string.IsNullOrWhiteSpace(cell.Source))
                html.Append("<section class=\"raw\"><pre>").Append(WebUtility.HtmlEncode(cell.Source)).Append("</pre></section>\n");
        }
        return new NotebookHtml(html.ToString(), prose.Headings, prose.Sections);
    }

    /// <summary>Returns whether a notebook has a chart for plotly.js.</summary>
    public static bool HasFigure(NotebookDocument document)
        => document.CodeCells.SelectMany(StoredOutput.Of)
            .Any(output => output.In(OutputHtml.Plotly) is not null || output.In("text/html")?.Contains("<div data-figure=", StringComparison.Ordinal) == true);

    private static void AppendProse(StringBuilder html, NotebookCell cell, NotebookDocument document, ProseHtml prose, ReadingLanguage language)
    {
        var translation = language == ReadingLanguage.English ? null : Translation.Of(cell, language);
        html.Append("<section class=\"prose\"");
        if (translation is null && language != ReadingLanguage.English)
            html.Append($" lang=\"{ReadingLanguage.English.Tag}\"");
        html.Append(">\n").Append(prose.Write(translation ?? cell.Source, name => Attachment(cell, name), cell.Source, FoldedSolutions.Drawn(cell, document, language)))
            .Append("</section>\n");
    }

    private static void AppendCode(StringBuilder html, NotebookCell cell, ProseHtml prose, OutputHtml outputs, PageTexts words, bool isCSharp)
    {
        html.Append("<section class=\"code\">\n");
        if (!string.IsNullOrWhiteSpace(cell.Source))
        {
            var summary = cell.HasTag(SolutionTag) ? words.Solution : words.Code;
            AppendHideable(html, IsHidden(cell, "source_hidden"), summary, () => AppendSource(html, cell, isCSharp));
            prose.Sections[^1].Append(cell.Source);
        }
        if (cell.Outputs.Count > 0)
        {
            AppendHideable(html, IsHidden(cell, "outputs_hidden"), words.Output, () =>
            {
                foreach (var output in StoredOutput.Of(cell))
                    outputs.Append(html, output);
            });
        }
        html.Append("</section>\n");
    }

    private static void AppendSource(StringBuilder html, NotebookCell cell, bool isCSharp)
    {
        html.Append("<pre class=\"source\" tabindex=\"0\"");
        if (cell.ExecutionCount is { } count)
            html.Append($" data-count=\"{count}\"");
        var code = isCSharp ? CSharpHtml.Write(cell.Source) : WebUtility.HtmlEncode(cell.Source);
        html.Append("><code>").Append(code).Append("</code></pre>\n");
    }

    private static void AppendHideable(StringBuilder html, bool hidden, string what, Action content)
    {
        if (hidden)
            html.Append("<details><summary>").Append(what).Append("</summary>\n");
        content();
        if (hidden)
            html.Append("</details>\n");
    }

    private static bool IsHidden(NotebookCell cell, string what)
        => (cell.Metadata["jupyter"] as JsonObject)?[what] is JsonValue value && value.TryGetValue(out bool hidden) && hidden;

    private static string? Attachment(NotebookCell cell, string name)
    {
        if ((cell.Json["attachments"] as JsonObject)?[name] is not JsonObject types)
            return null;
        var (type, data) = types.FirstOrDefault(entry => MultilineText.Join(entry.Value) is not null);
        return data is null ? null : $"data:{type};base64,{MultilineText.Join(data)}";
    }
}
