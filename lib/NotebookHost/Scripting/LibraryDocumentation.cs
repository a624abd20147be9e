using Microsoft.CodeAnalysis;

namespace NotebookHost.Language;

/// <summary>
/// The XML files that hold libraries' comments: beside a library, and for the framework in the SDK's reference packs, where they are
/// not split as the framework itself is.
/// </summary>
internal static class DocumentationFiles
{
    private static readonly Lazy<string[]> _frameworkFiles = new(FindFrameworkFiles);

    /// <summary>A symbol's comments as XML; null when there are none.</summary>
    public static string? Find(ISymbol symbol, Compilation compilation)
    {
        if (symbol.GetDocumentationCommentId() is not { } id || symbol.ContainingAssembly is not { } assembly
            || compilation.GetMetadataReference(assembly) is not PortableExecutableReference { FilePath: { } path })
            return null;
        IEnumerable<string> files = IsFramework(path)
            ? _frameworkFiles.Value.OrderBy(file => Path.GetFileNameWithoutExtension(file) == assembly.Name ? 0 : 1)
            : [Path.ChangeExtension(path, ".xml")];
        return files.Select(file => Find(id, file)).FirstOrDefault(comments => comments is not null);
    }

    private static bool IsFramework(string path) => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location);

    private static string? Find(string id, string file)
    {
        try
        {
            // read through, not parsed: the framework's are 30 MB
            var text = File.ReadAllText(file);
            var start = text.IndexOf($"<member name=\"{id}\">", StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf("</member>", start, StringComparison.Ordinal);
            return end < 0 ? null : text[start..(end + "</member>".Length)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // …/shared/Microsoft.NETCore.App/10.0.1/ of a machine's .NET has …/packs/Microsoft.NETCore.App.Ref/10.0.1/ref/net10.0/ beside it
    private static string[] FindFrameworkFiles()
    {
        var shared = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.GetFullPath(Path.Combine(shared, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!Directory.Exists(packs))
            return [];
        var pack = Directory.EnumerateDirectories(packs, $"{Environment.Version.Major}.*")
            .MaxBy(folder => Version.TryParse(Path.GetFileName(folder), out var version) ? version : new Version());
        return pack is null ? [] : [.. Directory.EnumerateFiles(pack, "*.xml", SearchOption.AllDirectories)
            .OrderBy(file => Path.GetFileName(file) switch { "System.Runtime.xml" => 0, "System.Collections.xml" => 1, _ => 2 })];
    }
}
