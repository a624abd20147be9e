using System.Net;
using System.Text;

namespace NotebookHost.Export.Html.Site;

/// <summary>The list of all pages next to the content.</summary>
/// <param name="words">The texts of the site.</param>
/// <param name="groups">The pages of notebooks, by group.</param>
/// <param name="documents">The pages of documents.</param>
/// <param name="api">The address of the API reference; null for none.</param>
internal sealed class SiteMap(
    PageTexts words, IReadOnlyList<(string? Group, IEnumerable<PageLink> Pages)> groups, IReadOnlyList<PageLink> documents, string? api)
{
    /// <summary>Returns the list.</summary>
    /// <param name="file">The page that shows the list.</param>
    public string For(string file)
    {
        var list = new StringBuilder();
        list.Append($"<nav class=\"course\" aria-label=\"{words.Course}\"><details open>\n<summary>{words.Course}</summary>\n");
        foreach (var (group, pages) in groups)
            Append(list, group, pages, file);
        if (documents.Count > 0)
            Append(list, words.Documentation, documents, file);
        if (api is not null)
            list.Append($"<p class=\"group\"><a href=\"{api}\">{words.Api}</a></p>\n");
        return list.Append("</details></nav>\n").ToString();
    }

    private static void Append(StringBuilder list, string? group, IEnumerable<PageLink> pages, string file)
    {
        if (group is not null)
            list.Append("<p class=\"group\">").Append(WebUtility.HtmlEncode(group)).Append("</p>\n");
        list.Append("<ol>\n");
        foreach (var page in pages)
        {
            list.Append("<li><a href=\"").Append(WebUtility.HtmlEncode(Uri.EscapeDataString(page.File))).Append(page.File == file ? "\" aria-current=\"page\">" : "\">");
            list.Append(WebUtility.HtmlEncode(page.Title)).Append("</a></li>\n");
        }
        list.Append("</ol>\n");
    }
}
