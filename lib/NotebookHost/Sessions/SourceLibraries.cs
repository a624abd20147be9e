using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using NotebookHost.Scripting;

namespace NotebookHost.Sessions;

/// <summary>
/// Compiles C# files that a script cannot contain, such as files with namespaces, to assemblies that all later cells reference. A changed file
/// is compiled again, and its new types replace the old ones.
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

    /// <summary>Gets the resolver that returns the part of each <c>#load</c> file that a script can contain.</summary>
    public SourceReferenceResolver Resolver => _loaded.Resolver;

    /// <summary>Compiles the parts of directly and indirectly loaded files that a script cannot contain.</summary>
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

    /// <summary>Compiles the part of a file that a script cannot contain.</summary>
    /// <param name="label">The file's path, relative to the session's folder.</param>
    /// <param name="text">The file's text.</param>
    /// <returns>The part that a script can contain.</returns>
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
        // the first character marks the assembly as code of the notebook in error messages
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

/// <summary>The exception for a C# file that is compiled to an assembly and has errors.</summary>
internal sealed class SourceLibraryException(string label, Compilation compilation, ImmutableArray<Diagnostic> diagnostics) : Exception($"{label} does not compile")
{
    /// <summary>Gets the file's path, relative to the session's folder.</summary>
    public string Label { get; } = label;

    /// <summary>Gets the compilation of the file.</summary>
    public Compilation Compilation { get; } = compilation;

    /// <summary>Gets the diagnostics of the compiler.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
