using System.Net;
using System.Text;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html;

/// <summary>Pages of several notebooks that lead to each other, and the page that lists them.</summary>
internal sealed class Book
{
    /// <summary>The file name of the list.</summary>
    public const string IndexName = "index.html";

    private readonly List<Chapter> _chapters;
    private readonly NotebookAbstract _about;

    /// <param name="notebooks">The notebooks in order, with the files that were read.</param>
    /// <param name="root">The folder whose README.md, if it has one, gives the list its title and its first words.</param>
    public Book(IEnumerable<(string Path, NotebookDocument Document)> notebooks, string root)
    {
        _chapters = [.. notebooks.Select(notebook => new Chapter(
            Path.GetFullPath(notebook.Path), NotebookAbstract.Of(notebook.Document, Path.GetFileNameWithoutExtension(notebook.Path))))];
        var readme = Path.Combine(root, "README.md");
        _about = NotebookAbstract.Of(File.Exists(readme) ? File.ReadAllText(readme) : "", "Notebooks");
    }

    /// <summary>The options for one notebook's page: with them it leads to the list and to its neighbours.</summary>
    public HtmlPageOptions Place(string path, HtmlPageOptions options)
    {
        var at = _chapters.FindIndex(chapter => chapter.Path == Path.GetFullPath(path));
        return options with
        {
            Index = new PageLink(_about.Title, IndexName),
            Previous = at > 0 ? _chapters[at - 1].Link : null,
            Next = at + 1 < _chapters.Count ? _chapters[at + 1].Link : null,
            PageOf = notebook => _chapters.Find(chapter => chapter.Path == notebook)?.Link.File,
        };
    }

    /// <summary>The page that lists the notebooks.</summary>
    public string Index()
    {
        var page = new StringBuilder();
        HtmlPage.AppendHead(page, _about.Title, new HtmlPageOptions { ForbidScripts = true }, script: null);
        page.Append("<body class=\"index\">\n<main>\n<h1>").Append(WebUtility.HtmlEncode(_about.Title)).Append("</h1>\n");
        page.Append("<p class=\"about\">").Append(WebUtility.HtmlEncode(_about.Summary)).Append("</p>\n<ol class=\"chapters\">\n");
        foreach (var chapter in _chapters)
        {
            page.Append("<li><a href=\"").Append(WebUtility.HtmlEncode(Uri.EscapeDataString(chapter.Link.File))).Append("\">\n<strong>");
            page.Append(WebUtility.HtmlEncode(chapter.About.Title)).Append("</strong>\n<span>").Append(WebUtility.HtmlEncode(chapter.About.Summary));
            page.Append("</span></a></li>\n");
        }
        return page.Append("</ol>\n</main>\n</body>\n</html>\n").ToString();
    }

    private sealed record Chapter(string Path, NotebookAbstract About)
    {
        public PageLink Link => new(About.Title, System.IO.Path.GetFileNameWithoutExtension(Path) + ".html");
    }
}
