using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html.Site;

/// <summary>
/// Notebooks as a site: a page each in every language that they have, lists, a search, and the files that pages share. It needs no server and
/// no network.
/// </summary>
/// <param name="notebooks">The notebooks in order, with the files that were read.</param>
/// <param name="root">The folder of the repository; see <see cref="PageList"/>.</param>
/// <param name="repository">Where pages say that the notebooks are; null for nowhere.</param>
/// <param name="plotly">Gives plotly.js, where a notebook has charts for it; null where it cannot be had.</param>
internal sealed class CourseSite(
    IReadOnlyList<(string Path, NotebookDocument Document)> notebooks, string root, GitHubRepository? repository, Func<string?> plotly)
{
    /// <summary>The folder of the files that pages share.</summary>
    public const string Shared = "assets";

    /// <summary>The name of plotly.js among them.</summary>
    public const string Plotly = "plotly.min.js";

    // beside the pages, for readers to take along
    private const string Downloads = "notebooks";

    /// <summary>Gets the languages that the site has.</summary>
    public IReadOnlyList<ReadingLanguage> Languages { get; }
        = [.. ReadingLanguage.All.Where(language => notebooks.Any(notebook => Translation.LanguagesOf(notebook.Document).Contains(language)))];

    /// <summary>Writes the site into a folder. What else is in that folder stays.</summary>
    public void Write(string folder)
    {
        var script = notebooks.Any(notebook => NotebookHtml.HasFigure(notebook.Document)) ? plotly() : null;
        foreach (var name in (string[])["page.css", "site.css", "site.js"])
            AtomicFile.WriteAllText(Path.Combine(folder, Shared, name), Resource.Text(name));
        if (script is not null)
            AtomicFile.WriteAllText(Path.Combine(folder, Shared, Plotly), script);
        foreach (var language in Languages)
            Write(folder, language, hasPlotly: script is not null);
    }

    private void Write(string folder, ReadingLanguage language, bool hasPlotly)
    {
        var book = new PageList(notebooks, root, language);
        var frame = new SiteFrame(language, Languages, book.Title);
        var words = PageTexts.In(language);
        var index = new SearchIndex();
        var pages = Path.Combine(folder, SiteFrame.FolderOf(language));
        foreach (var (path, document) in notebooks)
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var options = book.Place(path, new HtmlPageOptions { Name = name, Folder = Path.GetDirectoryName(Path.GetFullPath(path)) });
            var draws = hasPlotly && NotebookHtml.HasFigure(document);
            var content = NotebookHtml.Of(document, options, draws);
            index.Add($"{name}.html", content.Headings is [var first, ..] ? first.Text : name, content.Sections);
            // the bar leads to the list
            var page = HtmlPage.Write(content, options with { Index = null }, frame.Of($"{name}.html", draws, Actions(path, words)));
            AtomicFile.WriteAllText(Path.Combine(pages, $"{name}.html"), page);
            Translation.Of(document, language).Write(Path.Combine(pages, Downloads, $"{name}.ipynb"));
        }
        AtomicFile.WriteAllText(Path.Combine(pages, PageList.IndexName), book.Index(frame.Of(PageList.IndexName, hasPlotly: false, Actions(words))));
        AtomicFile.WriteAllText(Path.Combine(folder, Shared, SiteFrame.IndexOf(language)), index.ToScript());
    }

    private IEnumerable<SiteAction> Actions(PageTexts words)
    {
        if (repository is null)
            yield break;
        yield return new SiteAction(words.Codespaces, repository.Codespaces);
        yield return new SiteAction(words.View, repository.Page);
    }

    private IEnumerable<SiteAction> Actions(string path, PageTexts words)
    {
        if (repository is not null)
        {
            yield return new SiteAction(words.Codespaces, repository.Codespaces);
            var inside = Path.GetRelativePath(root, Path.GetFullPath(path)).Replace('\\', '/');
            if (!inside.StartsWith("..", StringComparison.Ordinal))
                yield return new SiteAction(words.View, repository.File(inside));
        }
        yield return new SiteAction(words.Download, $"{Downloads}/{Uri.EscapeDataString(Path.GetFileNameWithoutExtension(path))}.ipynb", IsDownload: true);
    }
}
