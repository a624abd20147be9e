using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NotebookHost.Export.Html;

/// <summary>The groups of chapters in the table of a README: a row with only bold text begins a group.</summary>
internal static class ReadmeGroups
{
    /// <summary>Returns the titles of the groups by the absolute paths of the notebooks; null if a notebook is not in a group.</summary>
    /// <param name="markdown">The README.</param>
    /// <param name="folder">The folder of the README.</param>
    /// <param name="notebooks">The absolute paths of the notebooks.</param>
    public static IReadOnlyDictionary<string, string>? Of(string markdown, string folder, IReadOnlyList<string> notebooks)
    {
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in Markdown.Parse(markdown, ProseHtml.Pipeline).Descendants<Table>())
        {
            string? title = null;
            foreach (var row in table.OfType<TableRow>().Where(row => !row.IsHeader))
            {
                title = TitleOf(row) ?? title;
                foreach (var link in row.Descendants<LinkInline>())
                {
                    if (title is not null && link.Url is { } address)
                        groups.TryAdd(Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(address))), title);
                }
            }
        }
        return notebooks.All(groups.ContainsKey) ? groups : null;
    }

    private static string? TitleOf(TableRow row)
        => row.Descendants<ParagraphBlock>().SelectMany(cell => cell.Inline ?? []).Where(inline => inline is not LiteralInline { Content.IsEmpty: true }).ToList()
            is [EmphasisInline { DelimiterCount: 2 } words]
            ? ProseHtml.TextOf(words)
            : null;
}
