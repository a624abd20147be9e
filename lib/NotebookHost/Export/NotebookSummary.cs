using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using NotebookHost.Export.Html;
using NotebookHost.Notebooks;

namespace NotebookHost.Export;

/// <summary>The title and summary of a notebook in a list.</summary>
/// <param name="Title">The first heading; the file name if there is none.</param>
/// <param name="Summary">The first two sentences of the first paragraph that is not entirely in italics; empty if there is none.</param>
internal sealed partial record NotebookSummary(string Title, string Summary)
{
    private const int Sentences = 2;

    public static NotebookSummary Of(NotebookDocument document, string name)
    {
        var prose = document.Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source);
        return Of(string.Join("\n\n", prose), name);
    }

    public static NotebookSummary Of(string markdown, string name)
    {
        var document = Markdown.Parse(markdown, ProseHtml.Pipeline);
        var title = ProseHtml.TextOf(document.Descendants<HeadingBlock>().FirstOrDefault()?.Inline);
        var paragraph = document.OfType<ParagraphBlock>().FirstOrDefault(block => !IsAside(block));
        return new NotebookSummary(title.Length > 0 ? title : name, Shorten(ProseHtml.TextOf(paragraph?.Inline)));
    }

    private static bool IsAside(ParagraphBlock block) => block.Inline is { FirstChild: EmphasisInline { DelimiterCount: 1 } first } && first.NextSibling is null;

    private static string Shorten(string text)
    {
        var end = 0;
        for (var count = 0; count < Sentences; count++)
        {
            var stop = SentenceEnd().Match(text, end);
            if (!stop.Success)
                return text;
            end = stop.Index + 1;
        }
        return text[..end];
    }

    [GeneratedRegex("[.?!] |[。？！]")]
    private static partial Regex SentenceEnd();
}
