using System.Collections.Immutable;
using System.Reflection;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Documents;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookHost.Scripting;

/// <summary>What every cell sees without a directive: the .NET framework and the display API.</summary>
internal static class FrameworkReferences
{
    private static readonly Lazy<ImmutableArray<string>> _files = new(FindFiles);
    private static readonly Lazy<ImmutableArray<PortableExecutableReference>> _references = new(() => [.. _files.Value.Select(Reference)]);
    private static readonly Lazy<ImmutableArray<MetadataReference>> _all = new(() => [.. _references.Value]);

    /// <summary>Gets the assemblies that cells share with this program, so that both mean the same types.</summary>
    public static IReadOnlyList<Assembly> Shared { get; } =
        [typeof(Kernel).Assembly, typeof(Formatter).Assembly, typeof(InteractiveDocument).Assembly, typeof(IHtmlContent).Assembly];

    /// <summary>Gets the files of the assemblies.</summary>
    public static ImmutableArray<string> Files => _files.Value;

    /// <summary>Gets one set for all sessions: the compiler keeps what it read of a reference with the reference.</summary>
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
            // what the framework's assembly needs is there from the first cell on: a package that brings it later would make the compiler take the
            // assembly for another one, with types of its own
            .Concat(ReferenceCache.WithNeeded(typeof(Kernel).Assembly.Location))
            .DistinctBy(Path.GetFileName);
        return [.. paths];
    }

    // A reference without a file path: the compiler writes the identity of each file that it knows into the symbols of each cell, and for this
    // parses the file's headers anew, which took an eighth of a small cell's time.
    private static PortableExecutableReference Reference(string path)
        => AssemblyMetadata.CreateFromFile(path).GetReference(new LibraryDocumentation(path), display: path);
}
