using System.Globalization;
using Microsoft.CodeAnalysis;

namespace NotebookHost.Scripting;

/// <summary>
/// The XML comments of a library, from the XML file next to it or, for the framework, from the SDK's reference packs, whose files do not correspond to the
/// assemblies of the framework. Files are read at the first request.
/// </summary>
/// <param name="path">The library.</param>
internal sealed class LibraryDocumentation(string path) : DocumentationProvider
{
    private static readonly Lazy<string[]> _frameworkFiles = new(FindFrameworkFiles);

    private readonly string _path = path;

    /// <summary>Returns a reference to a library with its comments.</summary>
    public static PortableExecutableReference Reference(string path) => MetadataReference.CreateFromFile(path, documentation: new LibraryDocumentation(path));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LibraryDocumentation other && other._path == _path;

    /// <inheritdoc/>
    public override int GetHashCode() => _path.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override string? GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default)
    {
        var name = Path.GetFileNameWithoutExtension(_path);
        IEnumerable<string> files = IsFramework(_path)
            ? _frameworkFiles.Value.OrderBy(file => Path.GetFileNameWithoutExtension(file) == name ? 0 : 1)
            : [Path.ChangeExtension(_path, ".xml")];
        return files.Select(file => Find(documentationMemberID, file)).FirstOrDefault(comments => comments is not null) ?? "";
    }

    private static bool IsFramework(string path) => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location);

    private static string? Find(string id, string file)
    {
        try
        {
            // searched instead of parsed, because the files of the framework have 30 MB
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

    // …/shared/Microsoft.NETCore.App/10.0.1/ corresponds to …/packs/Microsoft.NETCore.App.Ref/10.0.1/ref/net10.0/
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
