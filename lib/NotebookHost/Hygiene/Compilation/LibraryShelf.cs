using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using NotebookHost.Sessions;

namespace NotebookHost.Hygiene.Compilation;

/// <summary>
/// The libraries that notebooks name, each read once for all of them, with those beside them that they need. The compiler keeps what it
/// has understood of a library with it, which is most of the time that checking many notebooks takes.
/// </summary>
internal sealed class LibraryShelf
{
    private readonly ConcurrentDictionary<string, PortableExecutableReference> _read = new(StringComparer.Ordinal);

    private readonly Lock _binding = new();

    /// <summary>One reference for a file, whoever asks.</summary>
    public PortableExecutableReference Reference(string path)
        => _read.GetOrAdd(Path.GetFullPath(path), full => MetadataReference.CreateFromFile(full));

    /// <summary>A library and what it needs of what lies beside it.</summary>
    public IEnumerable<PortableExecutableReference> WithNeeded(string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([Path.GetFullPath(path)]);
        while (open.TryDequeue(out var next))
        {
            if (!seen.Add(next) || !File.Exists(next))
                continue;
            yield return Reference(next);
            foreach (var name in NamesNeededBy(next))
                open.Enqueue(Path.Combine(Path.GetDirectoryName(next)!, name + ".dll"));
        }
    }

    /// <summary>
    /// Looks the compilation's libraries up, in one thread at a time. Two at once would each read a library for itself, and a later cell could
    /// get the one or the other: the same type, from both, is two.
    /// </summary>
    public void Bind(Microsoft.CodeAnalysis.Compilation compilation)
    {
        lock (_binding)
            _ = compilation.Assembly;
    }

    /// <summary>What all notebooks see.</summary>
    public static ImmutableArray<MetadataReference> Framework => FrameworkReferences.All;

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
            // the compiler words it, with the line
            return [];
        }
    }
}
