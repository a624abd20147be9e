using System.Collections.Immutable;
using System.Reflection;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Documents;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookHost.Scripting;

/// <summary>The references that every cell gets without a directive: the .NET libraries and the display API.</summary>
internal static class FrameworkReferences
{
    private static readonly Lazy<ImmutableArray<string>> _files = new(FindFiles);
    private static readonly Lazy<ImmutableArray<PortableExecutableReference>> _references = new(() => [.. _files.Value.Select(Reference)]);
    private static readonly Lazy<ImmutableArray<MetadataReference>> _all = new(() => [.. _references.Value]);

    /// <summary>Gets the assemblies that cells share with this program, so that both use the same types.</summary>
    public static IReadOnlyList<Assembly> Shared { get; } =
        [typeof(Kernel).Assembly, typeof(Formatter).Assembly, typeof(InteractiveDocument).Assembly, typeof(IHtmlContent).Assembly];

    /// <summary>Gets the files of the assemblies.</summary>
    public static ImmutableArray<string> Files => _files.Value;

    /// <summary>Gets the references, which all sessions share because the compiler caches the content of a reference in the object.</summary>
    public static ImmutableArray<MetadataReference> All => _all.Value;

    /// <summary>Gets the references with their files.</summary>
    public static IEnumerable<(string File, PortableExecutableReference Reference)> WithFiles => Files.Zip(_references.Value);

    private static ImmutableArray<string> FindFiles()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        var paths = trusted.Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Concat(Shared.Select(assembly => assembly.Location))
            // the dependencies of the framework's assembly are included from the start: if a package added them later, the compiler would treat the
            // assembly as another assembly with other types
            .Concat(ReferenceCache.WithNeeded(typeof(Kernel).Assembly.Location))
            .DistinctBy(Path.GetFileName);
        return [.. paths];
    }

    // The reference has no file path. Otherwise the compiler writes the identity of each file to the symbols of each cell and
    // parses the headers of the file again, which took an eighth of the time of a small cell.
    private static PortableExecutableReference Reference(string path)
        => AssemblyMetadata.CreateFromFile(path).GetReference(new LibraryDocumentation(path), display: path);
}
