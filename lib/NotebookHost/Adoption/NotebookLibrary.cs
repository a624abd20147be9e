using System.IO.Enumeration;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NotebookHost.Scripting;

namespace NotebookHost.Adoption;

/// <summary>A library that takes the place of packages. Which ones, it says itself, by its assembly's metadata.</summary>
internal sealed class NotebookLibrary
{
    private const string Key = "BringsPackages";

    private readonly string _path;
    private readonly IReadOnlyList<string> _packages;

    private NotebookLibrary(string path, IEnumerable<string> packages)
    {
        _path = path;
        _packages = [.. packages];
    }

    /// <summary>What the file is called.</summary>
    public string Name => Path.GetFileName(_path);

    /// <summary>Reads what a library says of itself.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static NotebookLibrary Read(string path)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new FileNotFoundException($"There is no library {path}; build it, or name another with --library.");
        var reference = MetadataReference.CreateFromFile(full);
        var compilation = CSharpCompilation.Create("library", references: FrameworkReferences.All.Add(reference));
        var brought = (compilation.GetAssemblyOrModuleSymbol(reference)?.GetAttributes() ?? [])
            .Where(attribute => attribute.AttributeClass?.Name == nameof(AssemblyMetadataAttribute))
            .Where(attribute => attribute.ConstructorArguments is [{ Value: Key }, _])
            .SelectMany(attribute => ((string?)attribute.ConstructorArguments[1].Value ?? "").Split(';', StringSplitOptions.TrimEntries));
        return new NotebookLibrary(full, brought);
    }

    /// <summary>Whether a notebook that loads the library needs the package no more.</summary>
    public bool Brings(string package) => _packages.Any(brought => FileSystemName.MatchesSimpleExpression(brought, package));

    /// <summary>How a notebook in a folder names it: relative, so that both can be moved together, unless they have nothing in common.</summary>
    public string ReferenceFrom(string folder)
    {
        var relative = Path.GetRelativePath(folder, _path);
        var up = relative.Split('/').TakeWhile(part => part == "..").Count();
        return up < folder.Split('/', StringSplitOptions.RemoveEmptyEntries).Length ? relative : _path;
    }
}
