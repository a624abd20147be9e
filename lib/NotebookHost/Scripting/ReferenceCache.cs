using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace NotebookHost.Scripting;

/// <summary>
/// Returns the same reference to a library file to all callers. The compiler caches the content of a library in the reference, and reading it takes most of
/// the time to compile many cells; also, types of two references to one file would be different types.
/// </summary>
internal sealed class ReferenceCache
{
    private readonly ConcurrentDictionary<string, PortableExecutableReference> _byPath = new(StringComparer.Ordinal);
    private readonly Lock _binding = new();

    public ReferenceCache()
    {
        foreach (var (file, reference) in FrameworkReferences.WithFiles)
            _byPath[file] = reference;
    }

    /// <summary>Returns the reference for a file.</summary>
    public PortableExecutableReference Reference(string path)
        => _byPath.GetOrAdd(Path.GetFullPath(path), LibraryDocumentation.Reference);

    /// <summary>Returns the files of a library and of its direct and indirect dependencies in the same folder.</summary>
    public static IEnumerable<string> WithNeeded(string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([Path.GetFullPath(path)]);
        while (open.TryDequeue(out var next))
        {
            if (!seen.Add(next) || !File.Exists(next))
                continue;
            yield return next;
            foreach (var name in NamesNeededBy(next))
                open.Enqueue(Path.Combine(Path.GetDirectoryName(next)!, name + ".dll"));
        }
    }

    /// <summary>
    /// Reads the libraries of a compilation on one thread at a time. Two threads would each read a library, and a later cell
    /// could use the symbols of either, which are different types.
    /// </summary>
    public void Bind(Compilation compilation)
    {
        lock (_binding)
            _ = compilation.Assembly;
    }

    /// <summary>Returns a resolver that finds files like another resolver and returns references from this cache.</summary>
    public MetadataReferenceResolver Resolver(MetadataReferenceResolver paths) => new CachedResolver(this, paths);

    private static List<string> NamesNeededBy(string path)
    {
        try
        {
            using var file = new PEReader(File.OpenRead(path));
            if (!file.HasMetadata)
                return [];
            var metadata = file.GetMetadataReader();
            return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        }
        catch (BadImageFormatException)
        {
            // the compiler reports the error with its line
            return [];
        }
    }

    private sealed class CachedResolver(ReferenceCache cache, MetadataReferenceResolver paths) : MetadataReferenceResolver
    {
        public override bool ResolveMissingAssemblies => true;

        public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
            => paths.ResolveMissingAssembly(definition, referenceIdentity) is { FilePath: { } path } ? cache.Reference(path) : null;

        public override ImmutableArray<PortableExecutableReference> ResolveReference(
            string reference, string? baseFilePath, MetadataReferenceProperties properties)
            => [.. paths.ResolveReference(reference, baseFilePath, properties)
                .Select(found => cache.Reference(found.FilePath!).WithProperties(properties))];

        public override bool Equals(object? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
