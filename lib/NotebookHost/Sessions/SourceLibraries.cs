using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using NotebookHost.Scripting;

namespace NotebookHost.Sessions;

/// <summary>
/// Compiles C# files that a script cannot hold, such as files with namespaces, into assemblies that all later cells see. A file that has changed
/// is compiled again, and its new types take the place of the old ones.
/// </summary>
internal sealed class SourceLibraries
{
    private readonly CellReferences _references;
    private readonly CellLoadContext _context;
    private readonly LoadedSources _loaded;
    private readonly Dictionary<string, (string Text, int Version)> _compiled = new(StringComparer.Ordinal);

    public SourceLibraries(string folder, CSharpParseOptions dialect, CellReferences references, CellLoadContext context)
    {
        _references = references;
        _context = context;
        _loaded = new LoadedSources(folder, dialect);
    }

    /// <summary>Gets what reads the files of <c>#load</c> lines: of each file, the part that a script can hold.</summary>
    public SourceReferenceResolver Resolver => _loaded.Resolver;

    /// <summary>Compiles what a script cannot hold of the files that a script loads, and of those that they load.</summary>
    /// <exception cref="MissingLibraryException">A file references a library that does not exist.</exception>
    /// <exception cref="SourceLibraryException">A file does not compile.</exception>
    public void AddLoaded(string code, string label)
    {
        foreach (var (name, text) in _loaded.Loaded(code, label))
        {
            _references.AddFrom(text, name);
            if (_loaded.Divide(name, text) is { } library)
                Compile(name, library);
        }
    }

    /// <summary>Compiles what a script cannot hold of a file.</summary>
    /// <param name="label">The file's path, relative to the session's folder.</param>
    /// <param name="text">The file's text.</param>
    /// <returns>The part that a script can hold.</returns>
    /// <exception cref="SourceLibraryException">The file does not compile.</exception>
    public string Add(string label, string text)
    {
        var file = SourceFile.Parse(text);
        if (file.Library is { } library)
            Compile(label, library);
        return file.Script;
    }

    private void Compile(string label, string library)
    {
        var (compiled, version) = _compiled.GetValueOrDefault(label);
        if (compiled == library)
            return;
        // the first letter tells error messages that its code is the notebook's
        var name = $"ℛ{Path.GetFileNameWithoutExtension(label)}-{(uint)string.GetHashCode(label, StringComparison.Ordinal):x}";
        var compilation = SourceFile.Compile(library, label, name, version + 1, _references.All);
        using var code = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = compilation.Emit(code, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        if (!emitted.Success)
            throw new SourceLibraryException(label, compilation, emitted.Diagnostics);
        code.Position = symbols.Position = 0;
        _context.AddCompiled(new AssemblyName($"{name}, Version={version + 1}.0.0.0"), code, symbols);
        _references.AddCompiled(MetadataReference.CreateFromImage(code.ToArray(), filePath: label));
        _compiled[label] = (library, version + 1);
    }
}

/// <summary>A C# file that is compiled into an assembly has errors.</summary>
internal sealed class SourceLibraryException(string label, Compilation compilation, ImmutableArray<Diagnostic> diagnostics) : Exception($"{label} does not compile")
{
    /// <summary>Gets the file's path, relative to the session's folder.</summary>
    public string Label { get; } = label;

    /// <summary>Gets what the compiler made of the file.</summary>
    public Compilation Compilation { get; } = compilation;

    /// <summary>Gets what the compiler reports.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
