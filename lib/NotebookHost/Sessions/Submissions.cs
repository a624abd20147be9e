using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace NotebookHost.Sessions;

/// <summary>
/// The scripts that a session has run, each compiled with the declarations of all previous scripts, and the instances with their variables.
/// </summary>
internal sealed class Submissions : IDisposable
{
    private static readonly CSharpParseOptions _dialect = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    // distinguishes the assemblies of different sessions
    private readonly string _prefix = $"ℛ*{Guid.NewGuid():N}#";
    private readonly CellReferences _references;
    private readonly SourceLibraries _sources;
    private readonly CSharpCompilationOptions _options;
    private CSharpCompilation? _last;
    private int _inherited;
    private object?[] _instances = new object?[16];
    private int _tried;

    public Submissions(string folder, IEnumerable<string> imports)
    {
        _references = new CellReferences(folder, _dialect, Context);
        _sources = new SourceLibraries(folder, _dialect, _references, Context);
        var options = ScriptOptions.Default
            .WithImports(imports)
            .WithMetadataResolver(_references.Resolver)
            .WithSourceResolver(_sources.Resolver)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithAllowUnsafe(true);
        // internal settings of CSharpCompilationOptions for scripts, such as the preference for newer references
        _options = ((CSharpCompilationOptions)CSharpScript.Create<object>("", options).GetCompilation().Options)
            // concurrent compilation of one class would increase the time by 5 %
            .WithConcurrentBuild(false);
    }

    /// <summary>The parse options of cells.</summary>
    public static CSharpParseOptions Dialect => _dialect;

    // A script also uses the references of previous scripts and stores a list of all references that were added to any of them. If each script
    // received all references, the lists of two thousand scripts would occupy gigabytes.
    private IEnumerable<MetadataReference> NewReferences => _references.All.Skip(_inherited);

    /// <summary>Gets the load context of cells.</summary>
    public CellLoadContext Context { get; } = new();

    /// <summary>Gets the files of the analyzers of the libraries.</summary>
    public IReadOnlyList<string> Analyzers => _references.Analyzers;

    /// <summary>Gets the instances with the variables of the previous scripts, the oldest first.</summary>
    public IEnumerable<object> Instances => _instances.OfType<object>();

    /// <summary>Compiles a script as the next script of the session. Nothing is loaded or run.</summary>
    /// <param name="code">The script.</param>
    /// <param name="label">The name of the script in error messages.</param>
    public CSharpCompilation Compile(string code, string label) => Compile(SourceText.From(code, Encoding.UTF8), label);

    /// <summary>Compiles a script as the next script of the session. Nothing is loaded or run.</summary>
    /// <param name="code">The script.</param>
    /// <param name="label">The name of the script in error messages.</param>
    public CSharpCompilation Compile(SourceText code, string label)
    {
        var number = ++_tried;
        var tree = CSharpSyntaxTree.ParseText(code, _dialect, label);
        return CSharpCompilation.CreateScriptCompilation(
            $"{_prefix}{number}", tree, NewReferences, _options.WithScriptClassName($"Submission#{number}"), _last, typeof(object));
    }

    /// <summary>
    /// Adds the references of the <c>#r</c> lines for this script and all later scripts, and compiles the parts of loaded files that a script cannot contain.
    /// </summary>
    /// <param name="code">The script.</param>
    /// <param name="label">The name of the script in error messages; for a file, its path relative to the session's folder.</param>
    /// <param name="isFile">Whether the code is the text of a C# file.</param>
    /// <returns>The script that remains to be compiled.</returns>
    /// <exception cref="MissingLibraryException">A library does not exist.</exception>
    /// <exception cref="SourceLibraryException">A file does not compile.</exception>
    public string Prepare(string code, string label, bool isFile)
    {
        _references.AddFrom(code, label);
        _sources.AddLoaded(code, label);
        return isFile ? _sources.Add(label, code) : code;
    }

    /// <summary>Adds the files of packages for all later scripts.</summary>
    public void AddPackages(RestoredPackages packages)
    {
        foreach (var library in packages.Libraries)
            _references.AddPackaged(library, packages.Replacements.GetValueOrDefault(library, library), packages.Requested.Contains(library));
        foreach (var native in packages.Natives)
            Context.AddNative(native);
        _references.AddAnalyzers(PackageAnalyzers.In(
            packages.Versions.Keys,
            packages.Folders.ToDictionary(package => package.Name, package => package.Path, StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>Runs the module initializers of new libraries.</summary>
    public void RunInitializers() => _references.RunInitializers();

    /// <summary>Starts a script.</summary>
    public Task<object?> Run(Submission submission)
    {
        // slot 0 belongs to the host, and each submission uses at most one slot
        if (_instances.Length < _tried + 2)
            Array.Resize(ref _instances, 2 * (_tried + 2));
        return submission.Run(_instances);
    }

    /// <summary>Makes the declarations of this script available to later scripts, even if it failed.</summary>
    /// <remarks>A script that was aborted before its instance existed is skipped, because it cannot be used.</remarks>
    public void Keep(Submission submission)
    {
        if (submission.Type is not null && !Array.Exists(_instances, instance => instance?.GetType() == submission.Type))
            return;
        _last = submission.Compilation;
        _inherited = _references.All.Length;
    }

    public void Dispose() => _references.Dispose();
}
