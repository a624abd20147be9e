using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;
using NotebookHost.Analysis;
using NotebookHost.Scripting;

namespace NotebookHost.Sessions;

/// <summary>
/// The libraries that the cells of a session have referenced, with their dependencies in the same folders.
/// </summary>
/// <remarks>
/// The compiler resolves dependencies itself, but then treats them as different libraries if a later cell references them, so that values of one cell
/// have other types than the next cell expects. Therefore all dependencies are added at the first reference and kept.
/// </remarks>
internal sealed class CellReferences : IDisposable
{
    private readonly string _folder;
    private readonly CSharpParseOptions _dialect;
    private readonly CellLoadContext _context;
    private readonly ShadowCopies _copies = new();
    private readonly ScriptMetadataResolver _paths;
    private readonly ReferenceCache _cache = new();
    private readonly HashSet<string> _known;
    private readonly List<string> _uninitialized = [];
    private readonly List<string> _analyzers = [];

    public CellReferences(string folder, CSharpParseOptions dialect, CellLoadContext context)
    {
        _folder = folder;
        _dialect = dialect;
        _context = context;
        _paths = ScriptMetadataResolver.Default.WithBaseDirectory(folder);
        Resolver = _cache.Resolver(_paths);
        All = FrameworkReferences.All;
        _known = [.. FrameworkReferences.Files.Select(file => Path.GetFileNameWithoutExtension(file))];
    }

    /// <summary>Gets the references of the next cell.</summary>
    public ImmutableArray<MetadataReference> All { get; private set; }

    /// <summary>Gets the files of the analyzers in the folders of the libraries.</summary>
    public IReadOnlyList<string> Analyzers => _analyzers;

    /// <summary>Gets the resolver that always returns the same reference for a file.</summary>
    public MetadataReferenceResolver Resolver { get; }

    /// <summary>Adds the libraries of the <c>#r</c> lines of a script.</summary>
    /// <param name="code">The script.</param>
    /// <param name="label">The path of the script or the label of the cell; libraries are first searched in its folder.</param>
    /// <exception cref="MissingLibraryException">A library does not exist.</exception>
    public void AddFrom(string code, string label)
    {
        foreach (var library in NamedLibraries.In(code, label, _dialect, _paths))
        {
            if (library.Path is not { } path)
                throw new MissingLibraryException(NamedLibraries.Missing(library, _folder), library.Line);
            AddWithNeeded(path);
            AddAnalyzers(AnalyzerFiles.InFolderOf(path));
            _uninitialized.Add(Path.GetFileNameWithoutExtension(path));
        }
    }

    /// <summary>Adds an assembly that was compiled in this session; if several have the same name, the compiler uses the newest.</summary>
    public void AddCompiled(MetadataReference reference) => All = All.Add(reference);

    /// <summary>Adds a library of a package, unless the framework or this program already contains it.</summary>
    /// <param name="path">The library.</param>
    /// <param name="loaded">The file to load: the library or a copy.</param>
    /// <param name="isRequested">Whether a cell references the package directly.</param>
    public void AddPackaged(string path, string loaded, bool isRequested)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (isRequested)
            _uninitialized.Add(name);
        if (!_known.Add(name))
            return;
        All = All.Add(_cache.Reference(path));
        _context.Add(name, loaded);
    }

    /// <summary>Adds analyzers for the next cells.</summary>
    public void AddAnalyzers(IEnumerable<string> files) => _analyzers.AddRange([.. files.Except(_analyzers)]);

    /// <summary>
    /// Runs the module initializers of the libraries that cells have referenced since the last call, so that a library can register formatters before
    /// its first use. The first use reports the error of an initializer.
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
        foreach (var next in ReferenceCache.WithNeeded(path))
        {
            if (!_known.Add(Path.GetFileNameWithoutExtension(next)))
                continue;
            All = All.Add(_cache.Reference(next));
            _context.Add(Path.GetFileNameWithoutExtension(next), _copies.Of(next));
        }
    }
}

/// <summary>The exception for a <c>#r</c> line with a library that does not exist. The message contains the solution.</summary>
internal sealed class MissingLibraryException(string message, int line) : Exception(message)
{
    /// <summary>Gets the line, from 1.</summary>
    public int Line { get; } = line;
}
