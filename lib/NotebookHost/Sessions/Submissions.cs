using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace NotebookHost.Sessions;

/// <summary>
/// The scripts that a session has run, each compiled against all before it, and the instances that hold their variables.
/// </summary>
internal sealed class Submissions : IDisposable
{
    private static readonly CSharpParseOptions _dialect = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    // tells the assemblies of one session from those of another
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
        // what scripts need beyond what CSharpCompilationOptions lets one set, such as that newer references win over older ones
        _options = ((CSharpCompilationOptions)CSharpScript.Create<object>("", options).GetCompilation().Options)
            // a cell is one class, which has nothing to compile side by side: handing the work to other threads costs a twentieth of its time
            .WithConcurrentBuild(false);
    }

    /// <summary>How cells are parsed.</summary>
    public static CSharpParseOptions Dialect => _dialect;

    // A script has the references of those before it as well, and lists every one that was given to any of them: given all of them
    // each time, the lists of two thousand scripts came to gigabytes.
    private IEnumerable<MetadataReference> NewReferences => _references.All.Skip(_inherited);

    /// <summary>Where cells are loaded.</summary>
    public CellLoadContext Context { get; } = new();

    /// <summary>Gets the files of the analyzers that belong to the libraries.</summary>
    public IReadOnlyList<string> Analyzers => _references.Analyzers;

    /// <summary>The instances that hold the variables of the scripts so far, oldest first.</summary>
    public IEnumerable<object> Instances => _instances.OfType<object>();

    /// <summary>A script as the next one of the session; nothing is loaded or run.</summary>
    /// <param name="code">The script.</param>
    /// <param name="label">What errors call it.</param>
    public CSharpCompilation Compile(string code, string label) => Compile(SourceText.From(code, Encoding.UTF8), label);

    /// <summary>A script as the next one of the session; nothing is loaded or run.</summary>
    /// <param name="code">The script.</param>
    /// <param name="label">What errors call it.</param>
    public CSharpCompilation Compile(SourceText code, string label)
    {
        var number = ++_tried;
        var tree = CSharpSyntaxTree.ParseText(code, _dialect, label);
        return CSharpCompilation.CreateScriptCompilation(
            $"{_prefix}{number}", tree, NewReferences, _options.WithScriptClassName($"Submission#{number}"), _last, typeof(object));
    }

    /// <summary>
    /// Adds what a script's <c>#r</c> lines name, for it and all later ones, and compiles what a script cannot hold of the files that it loads.
    /// </summary>
    /// <param name="code">The script.</param>
    /// <param name="label">What errors call it; for a file, its path relative to the session's folder.</param>
    /// <param name="isFile">Whether it is the text of a C# file.</param>
    /// <returns>The script that remains to be compiled.</returns>
    /// <exception cref="MissingLibraryException">A library does not exist.</exception>
    /// <exception cref="SourceLibraryException">A file does not compile.</exception>
    public string Prepare(string code, string label, bool isFile)
    {
        _references.AddFrom(code, label);
        _sources.AddLoaded(code, label);
        return isFile ? _sources.Add(label, code) : code;
    }

    /// <summary>Adds the files of packages, for all later scripts.</summary>
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

    /// <summary>Runs the module initializers of libraries that are new.</summary>
    public void RunInitializers() => _references.RunInitializers();

    /// <summary>Starts a script.</summary>
    public Task<object?> Run(Submission submission)
    {
        // slot 0 is the host's, and every submission takes one more at most
        if (_instances.Length < _tried + 2)
            Array.Resize(ref _instances, 2 * (_tried + 2));
        return submission.Run(_instances);
    }

    /// <summary>Lets later scripts see what this one declared, however it ended.</summary>
    /// <remarks>One that was aborted before its instance existed is left out: nothing of it can be used.</remarks>
    public void Keep(Submission submission)
    {
        if (submission.Type is not null && !Array.Exists(_instances, instance => instance?.GetType() == submission.Type))
            return;
        _last = submission.Compilation;
        _inherited = _references.All.Length;
    }

    public void Dispose() => _references.Dispose();
}
