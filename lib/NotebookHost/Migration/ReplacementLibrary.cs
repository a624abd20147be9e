using System.IO.Enumeration;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NotebookHost.Scripting;

namespace NotebookHost.Migration;

/// <summary>A library that replaces packages. The metadata of its assembly names the packages.</summary>
internal sealed class ReplacementLibrary
{
    private const string Key = "BringsPackages";

    private readonly string _path;
    private readonly IReadOnlyList<string> _packages;

    private ReplacementLibrary(string path, IEnumerable<string> packages)
    {
        _path = path;
        _packages = [.. packages];
    }

    /// <summary>Gets the file name.</summary>
    public string Name => Path.GetFileName(_path);

    /// <summary>Reads the metadata of a library.</summary>
    /// <exception cref="FileNotFoundException">The library does not exist.</exception>
    public static ReplacementLibrary Read(string path)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new FileNotFoundException($"There is no library {path}; build it, or specify another one with --library.");
        var reference = MetadataReference.CreateFromFile(full);
        var compilation = CSharpCompilation.Create("library", references: FrameworkReferences.All.Add(reference));
        var brought = (compilation.GetAssemblyOrModuleSymbol(reference)?.GetAttributes() ?? [])
            .Where(attribute => attribute.AttributeClass?.Name == nameof(AssemblyMetadataAttribute))
            .Where(attribute => attribute.ConstructorArguments is [{ Value: Key }, _])
            .SelectMany(attribute => ((string?)attribute.ConstructorArguments[1].Value ?? "").Split(';', StringSplitOptions.TrimEntries));
        return new ReplacementLibrary(full, brought);
    }

    /// <summary>Returns whether the library replaces a package.</summary>
    public bool Replaces(string package) => _packages.Any(brought => FileSystemName.MatchesSimpleExpression(brought, package));

    /// <summary>Returns the path of the library for a notebook in a folder: relative, so that both can be moved together, unless the paths have no common folder.</summary>
    public string ReferenceFrom(string folder)
    {
        // notebooks use "/" on every system; on another drive of Windows, the path remains absolute
        var relative = WithSlashes(Path.GetRelativePath(folder, _path));
        var up = relative.Split('/').TakeWhile(part => part == "..").Count();
        return up < WithSlashes(folder).Split('/', StringSplitOptions.RemoveEmptyEntries).Length ? relative : WithSlashes(_path);
    }

    private static string WithSlashes(string path) => OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path;
}
