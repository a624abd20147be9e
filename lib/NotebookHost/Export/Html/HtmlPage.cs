using System.Net;
using System.Text;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html;

/// <summary>
/// Writes a notebook as one HTML page that does not require other files or a network: prose, highlighted code, outputs and a table of contents.
/// Nothing is run. The page includes HTML of the notebook without changes, like Jupyter's export.
/// </summary>
public static class HtmlPage
{
    /// <summary>Writes the page.</summary>
    /// <returns>The text of the page, to be saved as UTF-8.</returns>
    public static string Write(NotebookDocument document, HtmlPageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        options ??= new HtmlPageOptions();
        var plotly = options.ForbidScripts || !NotebookHtml.HasFigure(document) ? null : options.PlotlyScript?.Invoke();
        var content = NotebookHtml.Of(document, options, hasPlotly: plotly is not null);
        return Write(content, options, PageFrame.Alone(options.ForbidScripts, plotly));
    }

    /// <summary>Writes a page with the cells of a notebook, a table of contents, and links to the previous and next pages.</summary>
    internal static string Write(NotebookHtml content, HtmlPageOptions options, PageFrame frame)
    {
        var words = PageTexts.In(options.Language);
        var title = content.Headings.Count > 0 ? content.Headings[0].Text : options.Name;
        return frame.Write(options.Language, title, Contents(content.Headings, words), Neighbors(options, words, isEnd: false) + content.Cells + Neighbors(options, words, isEnd: true));
    }

    private static string Contents(IReadOnlyList<Heading> headings, PageTexts words)
    {
        var listed = headings.Where(heading => heading.Level <= 3).ToList();
        if (listed.Count < 2)
            return "";
        var list = new StringBuilder();
        list.Append($"<nav class=\"contents\" aria-label=\"{words.Contents}\"><details open>\n<summary>{words.Contents}</summary>\n<ol>\n");
        foreach (var heading in listed)
        {
            list.Append($"<li class=\"level-{heading.Level}\"><a href=\"#").Append(WebUtility.HtmlEncode(heading.Id)).Append("\">");
            list.Append(WebUtility.HtmlEncode(heading.Text)).Append("</a></li>\n");
        }
        return list.Append("</ol>\n</details></nav>\n").ToString();
    }

    private static string Neighbors(HtmlPageOptions options, PageTexts words, bool isEnd)
    {
        if ((options.Index ?? options.Previous ?? options.Next) is null)
            return "";
        var links = new StringBuilder();
        links.Append($"<nav class=\"neighbors{(isEnd ? " end" : "")}\" aria-label=\"{(isEnd ? words.Neighbors : words.Chapters)}\">\n");
        Append(options.Previous, "prev", "← ", "", words.Previous);
        Append(options.Index, "index", "", "", null);
        Append(options.Next, "next", "", " →", words.Next);
        return links.Append("</nav>\n").ToString();

        void Append(PageLink? link, string role, string before, string after, string? what)
        {
            if (link is null)
                return;
            links.Append($"<a class=\"{role}\" rel=\"{role}\" href=\"").Append(WebUtility.HtmlEncode(Uri.EscapeDataString(link.File))).Append("\">");
            if (isEnd && what is not null)
                links.Append("<span>").Append(what).Append("</span>\n");
            links.Append(before).Append(WebUtility.HtmlEncode(link.Title)).Append(after).Append("</a>\n");
        }
    }
}
