using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html.Site;

/// <summary>
/// The front page of a site. Its text is docs/site/front-page.md (front-page.zh-CN.md in Chinese); an image whose address is a notebook is replaced by
/// the last chart of this notebook. Without the file, the page shows the introduction of the README.
/// </summary>
/// <param name="root">The folder of the repository.</param>
/// <param name="notebooks">The notebooks by absolute path.</param>
internal sealed partial class FrontPage(string root, IReadOnlyDictionary<string, NotebookDocument> notebooks)
{
    private readonly string _folder = Path.Combine(root, "docs", "site");

    /// <summary>Returns whether the page has a chart for plotly.js.</summary>
    public bool HasFigure(ReadingLanguage language) => Text(language) is { } text && Figure(text, language) is { Data: not null };

    /// <summary>Writes the first part of the page.</summary>
    /// <param name="book">The list of the notebooks.</param>
    /// <param name="language">The language.</param>
    /// <param name="pageOf">A function that returns the page of a file; see <see cref="HtmlPageOptions.PageOf"/>.</param>
    /// <param name="hasPlotly">Whether plotly.js draws charts.</param>
    public string Lead(PageList book, ReadingLanguage language, Func<string, string?> pageOf, bool hasPlotly)
    {
        if (Text(language) is not { } text)
            return book.Lead();
        var words = PageTexts.In(language);
        var prose = new ProseHtml(new ImageFolder(_folder), pageOf, words, language == ReadingLanguage.Chinese);
        var html = new StringBuilder("<div class=\"hero\">\n<div class=\"words prose\">\n");
        html.Append(prose.Write(NotebookImage().Replace(text, ""), _ => null)).Append("</div>\n");
        if (Figure(text, language) is { } figure)
        {
            html.Append("<figure>\n");
            if (hasPlotly && figure.Data is not null)
                FigureHtml.Append(html, "front-figure", figure.Data, figure.Drawing);
            else
                html.Append("<div class=\"output image\" tabindex=\"0\">").Append(SvgHtml.Adapt(figure.Drawing)).Append("</div>\n");
            var caption = WebUtility.HtmlEncode(figure.Caption);
            html.Append("<figcaption>").Append(pageOf(figure.Path) is { } page ? $"<a href=\"{WebUtility.HtmlEncode(page)}\">{caption}</a>" : caption).Append("</figcaption>\n</figure>\n");
        }
        return html.Append("</div>\n").ToString();
    }

    private string? Text(ReadingLanguage language)
        => new[] { $"front-page.{language.Tag}.md", "front-page.md" }.Select(name => Path.Combine(_folder, name)).FirstOrDefault(File.Exists) is { } file
            ? File.ReadAllText(file)
            : null;

    private (string Path, string Caption, string Drawing, string? Data)? Figure(string text, ReadingLanguage language)
    {
        if (NotebookImage().Match(text) is not { Success: true } image)
            return null;
        var path = Path.GetFullPath(Path.Combine(_folder, Uri.UnescapeDataString(image.Groups["address"].Value)));
        return notebooks.TryGetValue(path, out var document) && Pictures.Chart(Translation.Of(WithData(document, path), language)) is { } chart
            ? (path, image.Groups["caption"].Value, chart.Drawing, chart.Data)
            : null;
    }

    // committed chapters do not contain the data of their charts: tools/front-chart.cs writes the data of this chart to a file
    private NotebookDocument WithData(NotebookDocument document, string path)
    {
        var file = Path.Combine(_folder, Path.GetFileNameWithoutExtension(path) + ".chart.json");
        if (Pictures.Chart(document) is not { Data: null } || !File.Exists(file))
            return document;
        var copy = NotebookDocument.Parse(document.ToJson());
        Pictures.LastChart(copy)!["data"] = JsonNode.Parse(File.ReadAllText(file));
        return copy;
    }

    [GeneratedRegex(@"!\[(?<caption>[^\]]*)\]\((?<address>[^)\s]+\.ipynb)\)")]
    private static partial Regex NotebookImage();
}
