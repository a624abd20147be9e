using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;
using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Hygiene.Compilation;

/// <summary>
/// Type-checks a notebook's cells as a session would compile them, one after the other, each against all before it. Nothing is emitted,
/// loaded or run.
/// </summary>
internal sealed class CellChain
{
    private const string LibraryNotFound = "CS0006";

    /// <summary>The tag of cells that are meant to fail.</summary>
    public const string ErrorWantedTag = "raises-exception";

    private static readonly CSharpParseOptions _dialect = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    private readonly string _folder;
    private readonly LibraryShelf _shelf;
    private readonly Func<PackageRequest, IReadOnlyList<string>?> _restored;
    private readonly CSharpCompilationOptions _options;
    private readonly List<Problem> _problems = [];
    private readonly List<CheckedScript> _scripts = [];
    private readonly List<PackageRequest> _packages = [];
    private readonly List<string> _libraries = [];
    private readonly HashSet<string> _imported = new(StringComparer.Ordinal);
    private ImmutableArray<MetadataReference> _references = LibraryShelf.Framework;
    private CSharpCompilation? _last;
    private int _count;
    private bool _isBlind;

    private CellChain(string folder, LibraryShelf shelf, Func<PackageRequest, IReadOnlyList<string>?>? restored)
    {
        _folder = folder;
        _shelf = shelf;
        _restored = restored ?? (_ => null);
        var options = ScriptOptions.Default
            .WithImports(SessionOptions.DefaultImports)
            .WithMetadataResolver(new ShelfResolver(shelf, ScriptMetadataResolver.Default.WithBaseDirectory(folder)))
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(folder))
            .WithAllowUnsafe(true);
        // scripts are compiled with more settings than CSharpCompilationOptions lets one make
        _options = (CSharpCompilationOptions)CSharpScript.Create<object>("", options).GetCompilation().Options;
    }

    /// <summary>The errors, in the order of the cells.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The scripts that the cells came to; what they import stands before them.</summary>
    public IReadOnlyList<CheckedScript> Scripts => _scripts;

    /// <summary>The packages that the cells ask for.</summary>
    public IReadOnlyList<PackageRequest> Packages => _packages;

    /// <summary>The files of the libraries that the cells name, with those beside them that they need.</summary>
    public IReadOnlyList<string> Libraries => _libraries;

    /// <summary>Type-checks a notebook.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="folder">The folder that its references start from.</param>
    /// <param name="shelf">The libraries read so far.</param>
    /// <param name="restored">The libraries of packages, where they are known; otherwise, and for null, those that NuGet has restored here.</param>
    /// <exception cref="MissingPackageException">The notebook asks for a package that has not been restored here.</exception>
    public static CellChain Of(
        NotebookDocument document, string folder, LibraryShelf shelf, Func<PackageRequest, IReadOnlyList<string>?>? restored = null)
    {
        var chain = new CellChain(folder, shelf, restored);
        foreach (var (cell, place) in CellPlace.All(document))
        {
            // without its library, every cell would have errors that say nothing
            if (cell.Kind == CellKind.Code && !chain._isBlind)
                chain.Add(cell, cell.Source, place);
        }
        return chain;
    }

    private void Add(NotebookCell cell, string source, string place)
    {
        var checkedCode = CheckedCode.Of(source, _dialect);
        foreach (var package in checkedCode.Packages)
        {
            var libraries = _restored(package) ?? PackageFolder.OfUser.Libraries(package) ?? throw new MissingPackageException(package);
            _packages.Add(package);
            _references = _references.AddRange(libraries.Select(_shelf.Reference));
        }
        foreach (var file in checkedCode.Imports)
            Import(cell, file, place);
        // their types are known when they run only
        foreach (var variable in checkedCode.Variables)
            Compile(cell, new CheckedCode($"dynamic {variable} = null;"), place);
        AddNamedLibraries(checkedCode.Code);
        Compile(cell, checkedCode, place);
    }

    private void Import(NotebookCell importing, string file, string place)
    {
        var path = Path.GetFullPath(Path.Combine(_folder, file));
        if (!File.Exists(path))
        {
            _problems.Add(new Problem(place, $"#!import names {file}, which is not there"));
            return;
        }
        if (!_imported.Add(path))
            return;
        var where = $"{place}, imported {file}";
        try
        {
            ImportCells(importing, path, where);
        }
        catch (NotebookFormatException error)
        {
            _problems.Add(new Problem(where, error.Message.TrimEnd('.')));
        }
    }

    private void ImportCells(NotebookCell importing, string path, string where)
    {
        if (Path.GetExtension(path) is ".ipynb" or ".dib")
        {
            foreach (var (cell, cellPlace) in CellPlace.All(NotebookDocument.Read(path)))
            {
                if (cell.Kind == CellKind.Code)
                    Add(importing, cell.Source, $"{where}, {cellPlace}");
            }
        }
        else if (Path.GetExtension(path) is ".cs" or ".csx")
        {
            Add(importing, File.ReadAllText(path), where);
        }
    }

    private void AddNamedLibraries(string code)
    {
        if (!code.Contains("#r", StringComparison.Ordinal))
            return;
        foreach (var directive in CSharpSyntaxTree.ParseText(code, _dialect).GetCompilationUnitRoot().GetReferenceDirectives())
        {
            var path = Path.Combine(_folder, directive.File.ValueText);
            var libraries = File.Exists(path) ? _shelf.WithNeeded(path).ToList() : [];
            _references = [.. _references.Union(libraries)];
            _libraries.AddRange(libraries.Select(library => library.FilePath!).Except(_libraries));
        }
    }

    private void Compile(NotebookCell cell, CheckedCode code, string place)
    {
        var (compilation, errors) = TypeCheck(code.Code, place);
        _scripts.Add(new CheckedScript(cell, code, compilation, errors.Count > 0));
        if (!cell.HasTag(ErrorWantedTag))
            _problems.AddRange(errors.Select(error => Describe(error, place)));
        if (errors.Any(error => error.Id == LibraryNotFound))
            _isBlind = true;
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
        _shelf.Bind(compilation);
        var errors = compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .OrderBy(error => error.Location.SourceSpan.Start);
        return (compilation, [.. errors]);
    }

    private static Problem Describe(Diagnostic error, string place)
    {
        var message = $"{error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}"
            + (error.Id == LibraryNotFound ? "; the cells after it were not compiled" : "");
        if (error.Location.SourceTree is not { } tree)
            return new Problem(place, message);
        var line = error.Location.GetLineSpan().StartLinePosition.Line + 1;
        return new Problem(tree.FilePath == place ? $"{place}, line {line}" : $"{place}, {tree.FilePath}, line {line}", message);
    }

    private sealed class ShelfResolver(LibraryShelf shelf, MetadataReferenceResolver paths) : MetadataReferenceResolver
    {
        public override bool ResolveMissingAssemblies => true;

        public override PortableExecutableReference? ResolveMissingAssembly(
            MetadataReference definition, AssemblyIdentity referenceIdentity)
            => paths.ResolveMissingAssembly(definition, referenceIdentity) is { FilePath: { } path } ? shelf.Reference(path) : null;

        public override ImmutableArray<PortableExecutableReference> ResolveReference(
            string reference, string? baseFilePath, MetadataReferenceProperties properties)
            => [.. paths.ResolveReference(reference, baseFilePath, properties)
                .Select(found => shelf.Reference(found.FilePath!).WithProperties(properties))];

        public override bool Equals(object? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}

/// <summary>A piece of script as the compiler sees it.</summary>
/// <param name="Cell">The cell that it belongs to.</param>
/// <param name="Code">Its code, and what was left out of it.</param>
/// <param name="Compilation">What the compiler makes of it.</param>
/// <param name="HasErrors">Whether it does not compile.</param>
internal sealed record CheckedScript(NotebookCell Cell, CheckedCode Code, CSharpCompilation Compilation, bool HasErrors)
{
    /// <summary>Its own code: files that it loads come before it.</summary>
    public SyntaxTree Tree => Compilation.SyntaxTrees[^1];
}
