using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;

namespace NotebookHost.Sessions;

/// <summary>
/// The libraries that a session's cells have referenced, with those that lie beside them and that they need.
/// </summary>
/// <remarks>
/// The compiler finds needed libraries by itself, but then takes them for others when a later cell names them: values of one cell
/// no longer fit the types of the next. So the whole set is given to it at the first reference, and stays.
/// </remarks>
internal sealed class CellReferences : IDisposable
{
    private readonly CSharpParseOptions _dialect;
    private readonly CellLoadContext _context;
    private readonly ShadowCopies _copies = new();
    private readonly ScriptMetadataResolver _paths;
    private readonly Dictionary<string, PortableExecutableReference> _byPath = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known;
    private readonly List<string> _uninitialized = [];

    public CellReferences(string folder, CSharpParseOptions dialect, CellLoadContext context)
    {
        _dialect = dialect;
        _context = context;
        _paths = ScriptMetadataResolver.Default.WithBaseDirectory(folder);
        Resolver = new SharingResolver(this);
        All = FrameworkReferences.All;
        foreach (var reference in All.OfType<PortableExecutableReference>())
            _byPath[reference.FilePath!] = reference;
        _known = [.. _byPath.Keys.Select(path => Path.GetFileNameWithoutExtension(path))];
    }

    /// <summary>What the next cell is compiled against.</summary>
    public ImmutableArray<MetadataReference> All { get; private set; }

    /// <summary>Gives the compiler one and the same reference for a file, whichever way it comes to it.</summary>
    public MetadataReferenceResolver Resolver { get; }

    /// <summary>Adds the libraries that a cell's <c>#r</c> lines name; the compiler complains of those that do not exist.</summary>
    public void AddFrom(string code)
    {
        if (!code.Contains("#r", StringComparison.Ordinal))
            return;
        foreach (var directive in CSharpSyntaxTree.ParseText(code, _dialect).GetCompilationUnitRoot().GetReferenceDirectives())
        {
            foreach (var reference in _paths.ResolveReference(directive.File.ValueText, null, MetadataReferenceProperties.Assembly))
            {
                AddWithNeeded(reference.FilePath!);
                _uninitialized.Add(Path.GetFileNameWithoutExtension(reference.FilePath!));
            }
        }
    }

    /// <summary>Adds a package's library, unless it is the framework's or this program's own and so is here already.</summary>
    /// <param name="path">The library.</param>
    /// <param name="isRequested">Whether a cell names its package, rather than another package that needs it.</param>
    public void AddPackaged(string path, bool isRequested)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (isRequested)
            _uninitialized.Add(name);
        if (!_known.Add(name))
            return;
        All = All.Add(Share(path));
        _context.Add(name, path);
    }

    /// <summary>
    /// Runs the module initializers of the libraries that cells have named since the last call, so that a library can register formatters before
    /// its first use. An initializer that fails is left for that first use, which reports it.
    /// </summary>
    public void RunInitializers()
    {
        foreach (var name in _uninitialized)
        {
            try
            {
                foreach (var module in _context.LoadFromAssemblyName(new AssemblyName(name)).Modules)
                    RuntimeHelpers.RunModuleConstructor(module.ModuleHandle);
            }
            catch (Exception error) when (error is IOException or BadImageFormatException or TypeInitializationException)
            {
                // the first use of the library reports it
            }
        }
        _uninitialized.Clear();
    }

    public void Dispose() => _copies.Dispose();

    private void AddWithNeeded(string path)
    {
        var open = new Queue<string>([path]);
        while (open.TryDequeue(out var next))
        {
            if (!_known.Add(Path.GetFileNameWithoutExtension(next)))
                continue;
            All = All.Add(Share(next));
            _context.Add(Path.GetFileNameWithoutExtension(next), _copies.Of(next));
            foreach (var name in NamesNeededBy(next))
            {
                var beside = Path.Combine(Path.GetDirectoryName(next)!, name + ".dll");
                if (File.Exists(beside))
                    open.Enqueue(beside);
            }
        }
    }

    private PortableExecutableReference Share(string path)
    {
        if (!_byPath.TryGetValue(path, out var reference))
            _byPath[path] = reference = MetadataReference.CreateFromFile(path);
        return reference;
    }

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

    private sealed class SharingResolver(CellReferences owner) : MetadataReferenceResolver
    {
        public override bool ResolveMissingAssemblies => true;

        public override PortableExecutableReference? ResolveMissingAssembly(
            MetadataReference definition, AssemblyIdentity referenceIdentity)
            => owner._paths.ResolveMissingAssembly(definition, referenceIdentity) is { FilePath: { } path } ? owner.Share(path) : null;

        public override ImmutableArray<PortableExecutableReference> ResolveReference(
            string reference, string? baseFilePath, MetadataReferenceProperties properties)
            => [.. owner._paths.ResolveReference(reference, baseFilePath, properties)
                .Select(found => owner.Share(found.FilePath!).WithProperties(properties))];

        public override bool Equals(object? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
