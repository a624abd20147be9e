using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html.Site;

/// <summary>
/// Writes notebooks as a site: a front page, a page for each notebook and language, the documents of the repository, a search, and shared
/// files. The site does not require a server or a network.
/// </summary>
/// <param name="notebooks">The notebooks in order, with their files.</param>
/// <param name="root">The folder of the repository; see <see cref="PageList"/>, <see cref="FrontPage"/> and <see cref="SiteDocument"/>.</param>
/// <param name="repository">The repository that pages link to; null for none.</param>
/// <param name="plotly">A function that returns plotly.js for notebooks with charts; null if it is not available.</param>
internal sealed class CourseSite(
    IReadOnlyList<(string Path, NotebookDocument Document)> notebooks, string root, GitHubRepository? repository, Func<string?> plotly)
{
    /// <summary>The folder of the shared files.</summary>
    public const string Shared = "assets";

    /// <summary>The name of plotly.js among the shared files.</summary>
    public const string Plotly = "plotly.min.js";

    // the folder of notebooks for download
    private const string Downloads = "notebooks";
    private const string Covers = "covers";

    private static readonly string[] _assets = ["page.css", "site.css", "search.js", "site.js", "figures.js"];

    private readonly IReadOnlyList<SiteDocument> _documents = SiteDocument.Of(root);
    private readonly FrontPage _front = new(root, notebooks.ToDictionary(notebook => Path.GetFullPath(notebook.Path), notebook => notebook.Document));

    /// <summary>Gets the languages of the site.</summary>
    public IReadOnlyList<ReadingLanguage> Languages { get; }
        = [.. ReadingLanguage.All.Where(language => notebooks.Any(notebook => Translation.LanguagesOf(notebook.Document).Contains(language)))];

    /// <summary>Writes the site to a folder. Other files in the folder, such as the API reference, are kept.</summary>
    public void Write(string folder)
    {
        var script = notebooks.Any(notebook => NotebookHtml.HasFigure(notebook.Document)) || Languages.Any(_front.HasFigure) ? plotly() : null;
        foreach (var name in _assets)
            AtomicFile.WriteAllText(Path.Combine(folder, Shared, name), Resource.Text(name));
        if (script is not null)
            AtomicFile.WriteAllText(Path.Combine(folder, Shared, Plotly), script);
        foreach (var language in Languages)
        {
            var pictures = notebooks.ToDictionary(notebook => Path.GetFullPath(notebook.Path), notebook => WritePicture(folder, notebook.Path, notebook.Document, language));
            Write(folder, language, hasPlotly: script is not null, path => pictures[path] is { } name ? $"{SiteFrame.TopOf(language)}{Shared}/{Covers}/{name}" : null);
        }
    }

    private static string? WritePicture(string folder, string path, NotebookDocument document, ReadingLanguage language)
    {
        var notebookFolder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (Pictures.Of(Translation.Of(document, language), notebookFolder) is not { } picture)
            return null;
        // all languages share a picture without text
        var tag = language == ReadingLanguage.English || Pictures.Of(document, notebookFolder) == picture ? "" : $".{language.Tag}";
        // the style sheet inverts diagrams, which it recognizes by this name, in the dark theme
        var name = Path.GetFileNameWithoutExtension(path) + tag + (picture.IsDiagram ? ".diagram.svg" : ".svg");
        AtomicFile.WriteAllText(Path.Combine(folder, Shared, Covers, name), picture.Svg);
        return Uri.EscapeDataString(name);
    }

    private void Write(string folder, ReadingLanguage language, bool hasPlotly, Func<string, string?> pictureOf)
    {
        var book = new PageList(notebooks, root, language);
        var words = PageTexts.In(language);
        var pages = Path.Combine(folder, SiteFrame.FolderOf(language));
        var api = ApiReference.IsIn(folder) ? $"{SiteFrame.TopOf(language)}{ApiReference.Folder}/{PageList.IndexName}" : null;
        var documents = _documents.Select(document => (Document: document, Content: Content(document, language, book))).ToList();
        var links = documents.Select(entry => new PageLink(entry.Content.Headings is [var first, ..] ? first.Text : entry.Document.File, entry.Document.File)).ToList();
        var frame = new SiteFrame(language, Languages, book.Title, new SiteMap(words, [.. book.Groups], links, api), repository, api);
        var index = new SearchIndex();
        foreach (var (path, document) in notebooks)
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var options = book.Place(path, new HtmlPageOptions { Name = name, Folder = Path.GetDirectoryName(Path.GetFullPath(path)) });
            var draws = hasPlotly && NotebookHtml.HasFigure(document);
            var content = NotebookHtml.Of(document, options with { PageOf = PageOf(book) }, draws);
            index.Add($"{name}.html", content.Headings is [var first, ..] ? first.Text : name, content.Sections);
            // the bar links to the list
            var page = HtmlPage.Write(content, options with { Index = null }, frame.Of($"{name}.html", draws, Actions(path, words)));
            AtomicFile.WriteAllText(Path.Combine(pages, $"{name}.html"), page);
            Translation.Of(document, language).Write(Path.Combine(pages, Downloads, $"{name}.ipynb"));
        }
        foreach (var ((document, content), link) in documents.Zip(links))
        {
            index.Add(document.File, link.Title, content.Sections);
            var page = HtmlPage.Write(content, new HtmlPageOptions { Name = link.Title, Language = language }, frame.Of(document.File, hasPlotly: false, Actions(document.Path, words)));
            AtomicFile.WriteAllText(Path.Combine(pages, document.File), page);
        }
        ApiReference.AddTo(folder, index, SiteFrame.TopOf(language));
        WriteIndex(pages, book, language, frame, hasPlotly && _front.HasFigure(language), pictureOf);
        AtomicFile.WriteAllText(Path.Combine(folder, Shared, SiteFrame.IndexOf(language)), index.ToScript());
    }

    private void WriteIndex(string pages, PageList book, ReadingLanguage language, SiteFrame frame, bool hasPlotly, Func<string, string?> pictureOf)
    {
        var main = _front.Lead(book, language, PageOf(book), hasPlotly) + book.Chapters(pictureOf);
        var page = frame.Of(PageList.IndexName, hasPlotly, Actions(PageTexts.In(language))).Write(language, book.Title, contents: "", main, "index");
        AtomicFile.WriteAllText(Path.Combine(pages, PageList.IndexName), page);
    }

    private NotebookHtml Content(SiteDocument document, ReadingLanguage language, PageList book)
    {
        var (text, written) = document.In(language);
        var prose = new ProseHtml(new ImageFolder(Path.GetDirectoryName(document.Path)), PageOf(book), PageTexts.In(language), written == ReadingLanguage.Chinese);
        var html = prose.Write(text, _ => null, written == ReadingLanguage.English ? null : File.ReadAllText(document.Path));
        var mark = language == written ? "" : $" lang=\"{written.Tag}\"";
        return new NotebookHtml($"<section class=\"prose\"{mark}>\n{html}</section>\n", prose.Headings, prose.Sections);
    }

    // pages of the site, or pages of the repository on GitHub
    private Func<string, string?> PageOf(PageList book) => path =>
        book.PageOf(path)
        ?? _documents.FirstOrDefault(document => document.Path == path)?.File
        ?? (path == Path.GetFullPath(Path.Combine(root, "README.md")) ? PageList.IndexName : null)
        ?? (repository is not null && Inside(path) is { Length: > 0 } inside && Path.Exists(path) ? repository.File(inside) : null);

    // the path relative to the folder of the repository, with "/"; null for other files
    private string? Inside(string path)
        => Path.GetRelativePath(root, Path.GetFullPath(path)).Replace('\\', '/') is var inside && !inside.StartsWith("..", StringComparison.Ordinal) ? inside : null;

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
            if (Inside(path) is { } inside)
                yield return new SiteAction(words.View, repository.File(inside));
        }
        if (path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase))
            yield return new SiteAction(words.Download, $"{Downloads}/{Uri.EscapeDataString(Path.GetFileNameWithoutExtension(path))}.ipynb", IsDownload: true);
    }
}
