using Microsoft.CodeAnalysis;

namespace NotebookHost.Analysis;

/// <summary>
/// Finds the analyzers that belong to a library: in the folder <c>analyzers/dotnet</c> of its package or beside its file, laid out as in a NuGet package.
/// </summary>
internal static class AnalyzerFiles
{
    private static readonly EnumerationOptions _lenient = new() { IgnoreInaccessible = true };

    /// <summary>Returns the analyzers of a library that is named by its file.</summary>
    public static IReadOnlyList<string> Beside(string library) => In(Path.GetDirectoryName(Path.GetFullPath(library))!);

    /// <summary>Returns the analyzers of a package, or of the libraries in a folder.</summary>
    /// <param name="folder">The folder that has the folder <c>analyzers</c>.</param>
    public static IReadOnlyList<string> In(string folder)
    {
        var root = Path.Combine(folder, "analyzers", "dotnet");
        return [.. ((IEnumerable<string>)[root, Path.Combine(root, "cs"), .. OfThisCompiler(root)])
            .Where(Directory.Exists)
            .SelectMany(place => Directory.EnumerateFiles(place, "*.dll", _lenient).Order(StringComparer.Ordinal))
            .Where(file => !file.EndsWith(".resources.dll", StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>Returns the folder of analyzers for the newest compiler that is not newer than this one, such as <c>roslyn4.8/cs</c>.</summary>
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
