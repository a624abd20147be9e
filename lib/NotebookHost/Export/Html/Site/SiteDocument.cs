using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html.Site;

/// <summary>A Markdown file of the repository with a page on the site.</summary>
/// <param name="Path">The absolute path of the file.</param>
internal sealed record SiteDocument(string Path)
{
    // files of the site: the front page and the settings of the API reference
    private static readonly string[] _own = ["site", "api"];

    /// <summary>Gets the file name of the page.</summary>
    public required string File { get; init; }

    /// <summary>Returns the documents of a repository: the Markdown files in docs/, and CONTRIBUTING.md and CHANGELOG.md.</summary>
    public static IReadOnlyList<SiteDocument> Of(string root)
    {
        var docs = System.IO.Path.Combine(root, "docs");
        var files = Directory.Exists(docs)
            ? Directory.EnumerateFiles(docs, "*.md", SearchOption.AllDirectories).Where(path => !_own.Contains(Parts(docs, path)[0], StringComparer.Ordinal))
            : [];
        string[] others = [System.IO.Path.Combine(root, "CONTRIBUTING.md"), System.IO.Path.Combine(root, "CHANGELOG.md")];
        return [.. from path in files.Order(StringComparer.Ordinal).Concat(others.Where(System.IO.File.Exists))
                   where !IsTranslation(path)
                   select new SiteDocument(System.IO.Path.GetFullPath(path)) { File = Name(docs, path) }];
    }

    /// <summary>Returns the text in a language if it exists, and the actual language.</summary>
    public (string Text, ReadingLanguage Language) In(ReadingLanguage language)
    {
        var translated = System.IO.Path.ChangeExtension(Path, $".{language.Tag}.md");
        return language != ReadingLanguage.English && System.IO.File.Exists(translated)
            ? (System.IO.File.ReadAllText(translated), language)
            : (System.IO.File.ReadAllText(Path), ReadingLanguage.English);
    }

    private static bool IsTranslation(string path)
        => ReadingLanguage.All.Any(language => path.EndsWith($".{language.Tag}.md", StringComparison.OrdinalIgnoreCase));

    private static string[] Parts(string docs, string path) => System.IO.Path.GetRelativePath(docs, path).Split(['/', '\\']);

    private static string Name(string docs, string path)
        => (System.IO.Path.GetRelativePath(docs, path) is var inside && inside.StartsWith("..", StringComparison.Ordinal)
            ? System.IO.Path.GetFileNameWithoutExtension(path).ToLowerInvariant()
            : string.Join('-', Parts(docs, System.IO.Path.ChangeExtension(path, null)))) + ".html";
}
