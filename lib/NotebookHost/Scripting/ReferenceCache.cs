using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace NotebookHost.Scripting;

/// <summary>
/// Gives one reference for a library's file to all callers. The compiler keeps what it has read of a library with the reference, which is most of
/// the time that compiling many cells takes; and types of two references to one file would be different types.
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

    /// <summary>Returns the files of a library and of those beside it that it needs, directly or not.</summary>
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
    /// Reads the libraries of a compilation, in one thread at a time. Two threads at once would each read a library for themselves, and a later cell
    /// could get either: the same type, from both, is two.
    /// </summary>
    public void Bind(Compilation compilation)
    {
        lock (_binding)
            _ = compilation.Assembly;
    }

    /// <summary>Returns a resolver that finds files as another one does, and gives the references of this cache for them.</summary>
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
            // the compiler reports it, with the line
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
