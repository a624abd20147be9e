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
            PageOf = PageOf,
        };
    }

    /// <summary>Returns the page's file name of a notebook by its absolute path; null for others.</summary>
    public string? PageOf(string path) => _chapters.Find(chapter => chapter.Path == path)?.Link.File;

    /// <summary>Gets the pages in the order of reading, by the groups that they are in; without groups, one of null.</summary>
    public IEnumerable<(string? Group, IEnumerable<PageLink> Pages)> Groups
        => _chapters.GroupBy(chapter => _groups?[chapter.Path]).Select(group => (group.Key, group.Select(chapter => chapter.Link)));

    /// <summary>Returns the page that lists the notebooks, which needs no other file.</summary>
    public string Index() => PageFrame.Alone(forbidScripts: true).Write(_language, _about.Title, contents: "", Lead() + Chapters(_ => null), "index");

    /// <summary>Returns the title and the first words of the list.</summary>
    public string Lead() => $"<h1>{WebUtility.HtmlEncode(_about.Title)}</h1>\n<p class=\"about\">{WebUtility.HtmlEncode(_about.Summary)}</p>\n";

    /// <summary>Returns the list of the notebooks.</summary>
    /// <param name="pictureOf">Gives the address of a picture by a notebook's absolute path; null for none.</param>
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
        // the title beside it says where the link leads
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
