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
/// The libraries that a session's cells have referenced, with those that lie beside them and that they need.
/// </summary>
/// <remarks>
/// The compiler finds needed libraries by itself, but then takes them for others when a later cell names them: values of one cell
/// no longer fit the types of the next. So the whole set is given to it at the first reference, and stays.
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

    /// <summary>What the next cell is compiled against.</summary>
    public ImmutableArray<MetadataReference> All { get; private set; }

    /// <summary>Gets the files of the analyzers that lie beside the libraries.</summary>
    public IReadOnlyList<string> Analyzers => _analyzers;

    /// <summary>Gives the compiler one and the same reference for a file, whichever way it comes to it.</summary>
    public MetadataReferenceResolver Resolver { get; }

    /// <summary>Adds the libraries that a script's <c>#r</c> lines name.</summary>
    /// <param name="code">The script.</param>
    /// <param name="label">The path of the script, or the label of the cell; libraries are looked for beside it first.</param>
    /// <exception cref="MissingLibraryException">A library does not exist.</exception>
    public void AddFrom(string code, string label)
    {
        foreach (var library in NamedLibraries.In(code, label, _dialect, _paths))
        {
            if (library.Path is not { } path)
                throw new MissingLibraryException(NamedLibraries.Missing(library, _folder), library.Line);
            AddWithNeeded(path);
            AddAnalyzers(AnalyzerFiles.Beside(path));
            _uninitialized.Add(Path.GetFileNameWithoutExtension(path));
        }
    }

    /// <summary>Adds an assembly that was compiled in this session; of several with one name, the compiler takes the newest.</summary>
    public void AddCompiled(MetadataReference reference) => All = All.Add(reference);

    /// <summary>Adds a package's library, unless it is the framework's or this program's own and so is here already.</summary>
    /// <param name="path">The library.</param>
    /// <param name="loaded">The file to load for it: the library itself, or a copy.</param>
    /// <param name="isRequested">Whether a cell names its package, rather than another package that needs it.</param>
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

    /// <summary>Adds analyzers that the next cells are analyzed with.</summary>
    public void AddAnalyzers(IEnumerable<string> files) => _analyzers.AddRange([.. files.Except(_analyzers)]);

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
        foreach (var next in ReferenceCache.WithNeeded(path))
        {
            if (!_known.Add(Path.GetFileNameWithoutExtension(next)))
                continue;
            All = All.Add(_cache.Reference(next));
            _context.Add(Path.GetFileNameWithoutExtension(next), _copies.Of(next));
        }
    }
}

/// <summary>A <c>#r</c> line names a library that does not exist. The message says what to do.</summary>
internal sealed class MissingLibraryException(string message, int line) : Exception(message)
{
    /// <summary>Gets the line, from 1.</summary>
    public int Line { get; } = line;
}
