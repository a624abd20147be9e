using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;
using NotebookHost.Analysis;
using NotebookHost.Notebooks;
using NotebookHost.Scripting;
using NotebookHost.Sessions;

namespace NotebookHost.Checks.Compilation;

/// <summary>
/// Compiles the cells of a notebook in order like a session, each with the declarations of previous cells. Nothing is emitted,
/// loaded or run.
/// </summary>
internal sealed class CellChain
{
    /// <summary>The tag of cells with intended errors.</summary>
    public const string ExpectedErrorTag = "raises-exception";

    private static readonly CSharpParseOptions _dialect = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    private readonly string _folder;
    private readonly ReferenceCache _cache;
    private readonly Func<PackageRequest, IReadOnlyList<string>?> _restored;
    private readonly ScriptMetadataResolver _paths;
    private readonly LoadedSources _sources;
    private readonly CSharpCompilationOptions _options;
    private readonly List<Problem> _problems = [];
    private readonly List<CheckedScript> _scripts = [];
    private readonly List<PackageRequest> _packages = [];
    private readonly List<string> _libraries = [];
    private readonly List<string> _compiledFiles = [];
    private readonly List<string> _analyzers = [];
    private readonly HashSet<string> _imported = new(StringComparer.Ordinal);
    private readonly Stack<string> _importing = [];
    private ImmutableArray<MetadataReference> _references = FrameworkReferences.All;
    private CSharpCompilation? _last;
    private int _count;
    private bool _isBlind;

    private CellChain(string folder, ReferenceCache cache, Func<PackageRequest, IReadOnlyList<string>?>? restored)
    {
        _folder = folder;
        _cache = cache;
        _restored = restored ?? (_ => null);
        _paths = ScriptMetadataResolver.Default.WithBaseDirectory(folder);
        _sources = new LoadedSources(folder, _dialect);
        var options = ScriptOptions.Default
            .WithImports(SessionOptions.DefaultImports)
            .WithMetadataResolver(cache.Resolver(_paths))
            .WithSourceResolver(_sources.Resolver)
            .WithAllowUnsafe(true);
        // scripts require internal settings of CSharpCompilationOptions
        _options = (CSharpCompilationOptions)CSharpScript.Create<object>("", options).GetCompilation().Options;
    }

    /// <summary>Gets the errors, in the order of the cells.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>Gets the scripts of the cells; imported files precede their cell.</summary>
    public IReadOnlyList<CheckedScript> Scripts => _scripts;

    /// <summary>Gets the packages that the cells reference.</summary>
    public IReadOnlyList<PackageRequest> Packages => _packages;

    /// <summary>Gets the files of the libraries that the cells reference, with their dependencies in the same folders.</summary>
    public IReadOnlyList<string> Libraries => _libraries;

    /// <summary>Gets the places of the files that are compiled to assemblies, because a script cannot contain them.</summary>
    public IReadOnlyList<string> CompiledFiles => _compiledFiles;

    /// <summary>Gets the files of the analyzers of the libraries.</summary>
    public IReadOnlyList<string> Analyzers => _analyzers;

    /// <summary>Compiles a notebook.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="folder">The folder that its references are relative to.</param>
    /// <param name="cache">The cache of libraries.</param>
    /// <param name="restored">A function that returns the libraries of packages; if it is null or returns null, the libraries in the package folder of NuGet are used.</param>
    /// <param name="last">The last cell to compile; null for all cells.</param>
    /// <exception cref="MissingPackageException">The notebook references a package that has not been restored.</exception>
    public static CellChain Of(
        NotebookDocument document,
        string folder,
        ReferenceCache cache,
        Func<PackageRequest, IReadOnlyList<string>?>? restored = null,
        NotebookCell? last = null)
    {
        var chain = new CellChain(folder, cache, restored);
        foreach (var (cell, place) in CellLocation.All(document))
        {
            // without its library, every cell would have misleading errors
            if (cell.Kind == CellKind.Code && !chain._isBlind)
                chain.Add(cell, cell.Source, place, place);
            if (cell == last)
                break;
        }
        return chain;
    }

    private void Add(NotebookCell cell, string source, string place, string label)
    {
        var checkedCode = CheckedCode.Of(source, _dialect);
        foreach (var package in checkedCode.Packages)
        {
            var libraries = _restored(package) ?? PackageFolder.OfUser.Libraries(package) ?? throw new MissingPackageException(package);
            _packages.Add(package);
            _analyzers.AddRange(PackageFolder.OfUser.Analyzers(package).Except(_analyzers));
            _references = _references.AddRange(libraries.Select(_cache.Reference));
        }
        foreach (var file in checkedCode.Imports)
            Import(cell, file, place);
        // their types are known only at run time
        foreach (var variable in checkedCode.Variables)
            Compile(cell, new CheckedCode($"dynamic {variable} = null;"), place);
        if (AddNamedLibraries(checkedCode.Code, place, label) && AddSources(cell, checkedCode.Code, place, label))
            Compile(cell, checkedCode, place);
    }

    private void Import(NotebookCell importing, string file, string place)
    {
        // paths in an imported file are relative to the folder of the file
        var path = Path.GetFullPath(Path.Combine(_importing.TryPeek(out var outer) ? Path.GetDirectoryName(outer)! : _folder, file));
        if (!File.Exists(path))
        {
            _problems.Add(new Problem(place, $"#!import refers to {file}, which does not exist"));
            return;
        }
        if (!_imported.Add(path))
            return;
        var where = $"{place}, imported {file}";
        _importing.Push(path);
        try
        {
            ImportCells(importing, path, where);
        }
        catch (NotebookFormatException error)
        {
            _problems.Add(new Problem(where, error.Message.TrimEnd('.')));
        }
        _importing.Pop();
    }

    private void ImportCells(NotebookCell importing, string path, string where)
    {
        var label = Path.GetRelativePath(_folder, path);
        if (Path.GetExtension(path) is ".ipynb" or ".dib")
        {
            foreach (var (cell, cellPlace) in CellLocation.All(NotebookDocument.Read(path)))
            {
                if (cell.Kind == CellKind.Code)
                    Add(importing, cell.Source, $"{where}, {cellPlace}", label);
            }
        }
        else if (Path.GetExtension(path) is ".cs" or ".csx")
        {
            var text = File.ReadAllText(path);
            var file = SourceFile.Parse(text);
            if (file.Library is not null && AddNamedLibraries(text, where, label))
                AddLibrary(importing, file.Library, where, label);
            Add(importing, file.Script, where, label);
        }
    }

    /// <summary>Adds the libraries of <c>#r</c> lines.</summary>
    /// <returns>False if a library is missing: without it, the following code would have misleading errors.</returns>
    private bool AddNamedLibraries(string code, string place, string label)
    {
        foreach (var library in NamedLibraries.In(code, label, _dialect, _paths))
        {
            if (library.Path is not { } path)
            {
                _isBlind = true;
                _problems.Add(new Problem($"{place}, line {library.Line}", NamedLibraries.Missing(library, _folder).TrimEnd('.') + "; its cells were not compiled")
                {
                    Cause = NamedLibraries.FullPath(library, _folder),
                });
                return false;
            }
            _analyzers.AddRange(AnalyzerFiles.InFolderOf(path).Except(_analyzers));
            var libraries = ReferenceCache.WithNeeded(path).ToList();
            _references = [.. _references.Union(libraries.Select(_cache.Reference))];
            _libraries.AddRange(libraries.Except(_libraries));
        }
        return true;
    }

    /// <summary>Compiles the parts of <c>#load</c> files that a script cannot contain.</summary>
    private bool AddSources(NotebookCell cell, string code, string place, string label)
    {
        foreach (var (name, text) in _sources.Loaded(code, label))
        {
            if (!AddNamedLibraries(text, $"{place}, {name}", name))
                return false;
            if (_sources.Divide(name, text) is { } library)
                AddLibrary(cell, library, $"{place}, {name}", name);
        }
        return true;
    }

    private void AddLibrary(NotebookCell cell, string library, string place, string label)
    {
        var compilation = SourceFile.Compile(library, place, $"library-{++_count}-{Path.GetFileNameWithoutExtension(label)}", 1, _references);
        _compiledFiles.Add(place);
        _cache.Bind(compilation);
        var errors = Errors(compilation);
        if (!cell.HasTag(ExpectedErrorTag))
            _problems.AddRange(errors.Select(error => Describe(error, place, compilation)));
        if (errors.Count == 0)
            _references = _references.Add(compilation.ToMetadataReference());
    }

    private void Compile(NotebookCell cell, CheckedCode code, string place)
    {
        var (compilation, errors) = TypeCheck(code.Code, place);
        _scripts.Add(new CheckedScript(cell, code, compilation, errors.Count > 0) { IsImported = _importing.Count > 0 });
        if (!cell.HasTag(ExpectedErrorTag))
            _problems.AddRange(errors.Select(error => Describe(error, place, compilation)));
        if (errors.Count > 0)
            (compilation, errors) = TypeCheck(CellSkeleton.Of(_scripts[^1].Tree, errors), place);
        if (errors.Count == 0)
            _last = compilation;
    }

    private (CSharpCompilation Compilation, List<Diagnostic> Errors) TypeCheck(string code, string place)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), _dialect, place);
        var compilation = CSharpCompilation.CreateScriptCompilation(
            $"cells#{++_count}", tree, _references, _options.WithScriptClassName($"Cell{_count}"), _last, typeof(object));
        _cache.Bind(compilation);
        return (compilation, Errors(compilation));
    }

    private static List<Diagnostic> Errors(CSharpCompilation compilation)
        => [.. compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .OrderBy(error => error.Location.SourceSpan.Start)];

    private static Problem Describe(Diagnostic error, string place, CSharpCompilation compilation)
    {
        var suggestion = NameSuggestion.For(error, compilation) is { } question ? $"; {question}" : "";
        var message = $"{error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}{suggestion}";
        if (error.Location.SourceTree is not { } tree)
            return new Problem(place, message);
        var line = error.Location.GetLineSpan().StartLinePosition.Line + 1;
        return new Problem(tree.FilePath == place ? $"{place}, line {line}" : $"{place}, {tree.FilePath}, line {line}", message);
    }
}

/// <summary>A script and its compilation.</summary>
/// <param name="Cell">The cell of the script.</param>
/// <param name="Code">The code and the removed parts.</param>
/// <param name="Compilation">The compilation of the script.</param>
/// <param name="HasErrors">Whether the script has errors.</param>
internal sealed record CheckedScript(NotebookCell Cell, CheckedCode Code, CSharpCompilation Compilation, bool HasErrors)
{
    /// <summary>Gets the syntax tree of the script, which follows those of loaded files.</summary>
    public SyntaxTree Tree => Compilation.SyntaxTrees[^1];

    /// <summary>Gets a value that indicates whether the script is the text of a file that the cell imports.</summary>
    public bool IsImported { get; init; }
}
