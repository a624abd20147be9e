using System.Net;
using System.Text;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html;

/// <summary>The pages of several notebooks, with links to each other, and the page that lists them, in one language.</summary>
internal sealed class PageList
{
    /// <summary>The file name of the list.</summary>
    public const string IndexName = "index.html";

    private readonly ReadingLanguage _language;
    private readonly List<Chapter> _chapters;
    private readonly NotebookSummary _about;
    private readonly IReadOnlyDictionary<string, string>? _groups;

    /// <param name="notebooks">The notebooks in order, with the files that were read.</param>
    /// <param name="root">The folder whose README.md, if it has one, gives the list its title, its first words and its groups; in languages other
    /// than English, README.zh-CN.md and the like come first.</param>
    /// <param name="language">The language of the pages.</param>
    public PageList(IEnumerable<(string Path, NotebookDocument Document)> notebooks, string root, ReadingLanguage language)
    {
        _language = language;
        _chapters = [.. notebooks.Select(notebook => new Chapter(
            Path.GetFullPath(notebook.Path),
            NotebookSummary.Of(Translation.Of(notebook.Document, language), Path.GetFileNameWithoutExtension(notebook.Path))))];
        var readme = new[] { $"README.{language.Tag}.md", "README.md" }.Select(name => Path.Combine(root, name)).FirstOrDefault(File.Exists);
        var text = readme is null ? "" : File.ReadAllText(readme);
        _about = NotebookSummary.Of(text, "Notebooks");
        _groups = ReadmeGroups.Of(text, root, [.. _chapters.Select(chapter => chapter.Path)]);
    }

    /// <summary>Gets the title of the list.</summary>
    public string Title => _about.Title;

    /// <summary>Returns the options for one notebook's page: with them it leads to the list and to its neighbours.</summary>
    public HtmlPageOptions Place(string path, HtmlPageOptions options)
    {
        var at = _chapters.FindIndex(chapter => chapter.Path == Path.GetFullPath(path));
        return options with
        {
            Language = _language,
            Index = new PageLink(_about.Title, IndexName),
            Previous = at > 0 ? _chapters[at - 1].Link : null,
            Next = at + 1 < _chapters.Count ? _chapters[at + 1].Link : null,
            PageOf = notebook => _chapters.Find(chapter => chapter.Path == notebook)?.Link.File,
        };
    }

    /// <summary>Returns the page that lists the notebooks.</summary>
    /// <param name="frame">What is around it; null: a page that needs no other file.</param>
    public string Index(PageFrame? frame = null)
    {
        var list = new StringBuilder();
        list.Append("<h1>").Append(WebUtility.HtmlEncode(_about.Title)).Append("</h1>\n");
        list.Append("<p class=\"about\">").Append(WebUtility.HtmlEncode(_about.Summary)).Append("</p>\n");
        foreach (var group in _chapters.GroupBy(chapter => _groups?[chapter.Path]))
        {
            if (group.Key is not null)
                list.Append("<h2>").Append(WebUtility.HtmlEncode(group.Key)).Append("</h2>\n");
            list.Append("<ol class=\"chapters\">\n");
            foreach (var chapter in group)
                Append(list, chapter);
            list.Append("</ol>\n");
        }
        return (frame ?? PageFrame.Alone(forbidScripts: true)).Write(_language, _about.Title, contents: "", list.ToString(), "index");
    }

    private static void Append(StringBuilder list, Chapter chapter)
    {
        list.Append("<li><a href=\"").Append(WebUtility.HtmlEncode(Uri.EscapeDataString(chapter.Link.File))).Append("\">\n<strong>");
        list.Append(WebUtility.HtmlEncode(chapter.About.Title)).Append("</strong>\n<span>").Append(WebUtility.HtmlEncode(chapter.About.Summary));
        list.Append("</span></a></li>\n");
    }

    private sealed record Chapter(string Path, NotebookSummary About)
    {
        public PageLink Link => new(About.Title, System.IO.Path.GetFileNameWithoutExtension(Path) + ".html");
    }
}
