using System.Net;
using System.Text;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html;

/// <summary>The pages of several notebooks, which link to each other, and the page that lists them, in one language.</summary>
internal sealed class PageList
{
    /// <summary>The file name of the list.</summary>
    public const string IndexName = "index.html";

    private readonly ReadingLanguage _language;
    private readonly List<Chapter> _chapters;
    private readonly NotebookSummary _about;
    private readonly IReadOnlyDictionary<string, string>? _groups;

    /// <param name="notebooks">The notebooks in order, with their files.</param>
    /// <param name="root">The folder whose README.md, if it exists, provides the title, the introduction and the groups of the list; for languages other
    /// than English, localized files such as README.zh-CN.md take precedence.</param>
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

    /// <summary>Returns the options for the page of a notebook, with links to the list and to the previous and next pages.</summary>
    public HtmlPageOptions Place(string path, HtmlPageOptions options)
    {
        var at = _chapters.FindIndex(chapter => chapter.Path == Path.GetFullPath(path));
        return options with
        {
            Language = _language,
            Index = new PageLink(_about.Title, IndexName),
            Previous = at > 0 ? _chapters[at - 1].Link : null,
            Next = at + 1 < _chapters.Count ? _chapters[at + 1].Link : null,
            PageOf = PageOf,
        };
    }

    /// <summary>Returns the file name of the page of a notebook, by its absolute path; null for other files.</summary>
    public string? PageOf(string path) => _chapters.Find(chapter => chapter.Path == path)?.Link.File;

    /// <summary>Gets the pages in order, by group; without groups, one group with the title null.</summary>
    public IEnumerable<(string? Group, IEnumerable<PageLink> Pages)> Groups
        => _chapters.GroupBy(chapter => _groups?[chapter.Path]).Select(group => (group.Key, group.Select(chapter => chapter.Link)));

    /// <summary>Returns the page that lists the notebooks, which does not require other files.</summary>
    public string Index() => PageFrame.Alone(forbidScripts: true).Write(_language, _about.Title, contents: "", Lead() + Chapters(_ => null), "index");

    /// <summary>Returns the title and the introduction of the list.</summary>
    public string Lead() => $"<h1>{WebUtility.HtmlEncode(_about.Title)}</h1>\n<p class=\"about\">{WebUtility.HtmlEncode(_about.Summary)}</p>\n";

    /// <summary>Returns the list of the notebooks.</summary>
    /// <param name="pictureOf">A function that returns the address of a notebook's picture by its absolute path; null for none.</param>
    public string Chapters(Func<string, string?> pictureOf)
    {
        var list = new StringBuilder();
        foreach (var group in _chapters.GroupBy(chapter => _groups?[chapter.Path]))
        {
            if (group.Key is not null)
                list.Append("<h2>").Append(WebUtility.HtmlEncode(group.Key)).Append("</h2>\n");
            list.Append("<ol class=\"chapters\">\n");
            foreach (var chapter in group)
                Append(list, chapter, pictureOf(chapter.Path));
            list.Append("</ol>\n");
        }
        return list.ToString();
    }

    private static void Append(StringBuilder list, Chapter chapter, string? picture)
    {
        list.Append("<li><a href=\"").Append(WebUtility.HtmlEncode(Uri.EscapeDataString(chapter.Link.File))).Append("\">\n");
        // the adjacent title describes the link
        if (picture is not null)
            list.Append("<img src=\"").Append(WebUtility.HtmlEncode(picture)).Append("\" alt=\"\" loading=\"lazy\">\n");
        list.Append("<strong>");
        list.Append(WebUtility.HtmlEncode(chapter.About.Title)).Append("</strong>\n<span>").Append(WebUtility.HtmlEncode(chapter.About.Summary));
        list.Append("</span></a></li>\n");
    }

    private sealed record Chapter(string Path, NotebookSummary About)
    {
        public PageLink Link => new(About.Title, System.IO.Path.GetFileNameWithoutExtension(Path) + ".html");
    }
}
