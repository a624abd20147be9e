using Microsoft.CodeAnalysis;

namespace NotebookHost.Analysis;

/// <summary>
/// Finds the analyzers of a library: in the folder <c>analyzers/dotnet</c> of its package or next to its file, with the layout of a NuGet package.
/// </summary>
internal static class AnalyzerFiles
{
    private static readonly EnumerationOptions _lenient = new() { IgnoreInaccessible = true };

    /// <summary>Returns the analyzers of a library file.</summary>
    public static IReadOnlyList<string> InFolderOf(string library) => In(Path.GetDirectoryName(Path.GetFullPath(library))!);

    /// <summary>Returns the analyzers of a package, or of the libraries in a folder.</summary>
    /// <param name="folder">The folder that contains the folder <c>analyzers</c>.</param>
    public static IReadOnlyList<string> In(string folder)
    {
        var root = Path.Combine(folder, "analyzers", "dotnet");
        return [.. ((IEnumerable<string>)[root, Path.Combine(root, "cs"), .. OfThisCompiler(root)])
            .Where(Directory.Exists)
            .SelectMany(place => Directory.EnumerateFiles(place, "*.dll", _lenient).Order(StringComparer.Ordinal))
            .Where(file => !file.EndsWith(".resources.dll", StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>Returns the folder of the analyzers for the latest compiler version up to this one, such as <c>roslyn4.8/cs</c>.</summary>
    private static IEnumerable<string> OfThisCompiler(string root)
    {
        const string Prefix = "roslyn";
        var own = typeof(SyntaxTree).Assembly.GetName().Version!;
        return !Directory.Exists(root) ? [] : Directory.EnumerateDirectories(root, Prefix + "*", _lenient)
            .Select(path => (Path: path, Number: Version.TryParse(Path.GetFileName(path)[Prefix.Length..], out var version) ? version : null))
            .Where(place => place.Number is not null && place.Number <= own)
            .OrderByDescending(place => place.Number)
            .Take(1)
            .SelectMany(place => new[] { place.Path, Path.Combine(place.Path, "cs") });
    }
}
