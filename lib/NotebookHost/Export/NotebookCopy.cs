using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using NotebookHost.Export.Html;
using NotebookHost.Notebooks;

namespace NotebookHost.Export;

/// <summary>Creates a copy of a notebook in one language for another folder: outputs are kept, and the paths of loaded files are adjusted.</summary>
internal static partial class NotebookCopy
{
    /// <param name="document">The notebook.</param>
    /// <param name="language">The language of the prose.</param>
    /// <param name="folder">The folder of the notebook.</param>
    /// <param name="targetFolder">The folder of the copy.</param>
    public static NotebookDocument Of(NotebookDocument document, ReadingLanguage language, string folder, string targetFolder)
    {
        var copy = Translation.Of(document, language);
        foreach (var cell in copy.CodeCells)
            cell.Source = LoadedFile().Replace(cell.Source, load => Seen(load.Value, folder, targetFolder));
        return copy;
    }

    /// <summary>Returns the images in the prose that are in the folder of the notebook or its subfolders, which a copy in another folder requires.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="language">The language of the copy.</param>
    /// <param name="folder">The folder of the notebook.</param>
    /// <returns>The relative paths and the contents.</returns>
    public static IEnumerable<(string Path, byte[] Content)> Images(NotebookDocument document, ReadingLanguage language, string folder)
    {
        var found = document.Cells.Where(cell => cell.Kind == CellKind.Markdown).SelectMany(cell => ImagesOf(Translation.Of(cell, language) ?? cell.Source, folder)
            .Select(path => (Path: path, Drawn: FoldedSolutions.Drawn(cell, document, language))));
        foreach (var (path, drawn) in found.DistinctBy(image => image.Path, StringComparer.Ordinal))
        {
            var file = Path.Combine(folder, path);
            yield return (path, drawn is not null && path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase)
                ? Encoding.UTF8.GetBytes(drawn(File.ReadAllText(file)))
                : File.ReadAllBytes(file));
        }
    }

    private static IEnumerable<string> ImagesOf(string markdown, string folder) => Markdown.Parse(markdown, ProseHtml.Pipeline).Descendants<LinkInline>()
        .Where(link => link is { IsImage: true, Url: not null } && !link.Url.Contains(':', StringComparison.Ordinal))
        .Select(link => Path.GetRelativePath(folder, Path.Combine(folder, Uri.UnescapeDataString(link.Url!))))
        .Where(path => !path.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(path) && File.Exists(Path.Combine(folder, path)));

    private static string Seen(string path, string folder, string targetFolder)
        => Path.IsPathRooted(path) || path.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase)
            ? path
            : Path.GetRelativePath(targetFolder, Path.Combine(folder, path)).Replace('\\', '/');

    // a name without a folder may be an assembly of the framework
    [GeneratedRegex("""(?<=^[ \t]*#(?:r|load|!import)[ \t]+")[^"\n]*/[^"\n]*(?=")""", RegexOptions.Multiline)]
    private static partial Regex LoadedFile();
}
