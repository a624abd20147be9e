using System.Net;
using System.Text;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html;

/// <summary>
/// A notebook as one html page that needs no other file and no network: prose, highlighted code, every output, a table of contents.
/// Nothing is run. Html that the notebook holds is the page's html, as with Jupyter's own export.
/// </summary>
public static class HtmlPage
{
    /// <summary>Writes the page.</summary>
    /// <returns>The page's text, to be stored as UTF-8.</returns>
    public static string Write(NotebookDocument document, HtmlPageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        options ??= new HtmlPageOptions();
        var plotly = options.ForbidScripts || !NotebookHtml.HasFigure(document) ? null : options.PlotlyScript?.Invoke();
        var content = NotebookHtml.Of(document, options, hasPlotly: plotly is not null);
        return Write(content, options, PageFrame.Alone(options.ForbidScripts, plotly));
    }

    /// <summary>Puts a notebook's cells into a frame, with contents and neighbours.</summary>
    internal static string Write(NotebookHtml content, HtmlPageOptions options, PageFrame frame)
    {
        var words = PageTexts.In(options.Language);
        var title = content.Headings.Count > 0 ? content.Headings[0].Text : options.Name;
        return frame.Write(options.Language, title, Contents(content.Headings, words), Neighbours(options, words, isEnd: false) + content.Cells + Neighbours(options, words, isEnd: true));
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

    private static string Neighbours(HtmlPageOptions options, PageTexts words, bool isEnd)
    {
        if ((options.Index ?? options.Previous ?? options.Next) is null)
            return "";
        var links = new StringBuilder();
        links.Append($"<nav class=\"neighbours{(isEnd ? " end" : "")}\" aria-label=\"{(isEnd ? words.Neighbours : words.Chapters)}\">\n");
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
