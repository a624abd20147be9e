using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;

namespace NotebookHost.Scripting;

/// <summary>The files of <c>#load</c> lines, divided into the part that a script can contain and the part that is compiled to an assembly.</summary>
/// <param name="folder">The folder that paths are relative to.</param>
/// <param name="dialect">The parse options of scripts.</param>
internal sealed class LoadedSources(string folder, CSharpParseOptions dialect)
{
    private readonly SourceReferenceResolver _paths = ScriptSourceResolver.Default.WithBaseDirectory(folder);
    private readonly Dictionary<string, string> _scripts = new(StringComparer.Ordinal);

    /// <summary>Gets the resolver that returns the part of each file that a script can contain.</summary>
    public SourceReferenceResolver Resolver => new ScriptPartResolver(_paths, _scripts);

    /// <summary>Returns the directly and indirectly loaded files of a script, each after the files that it loads.</summary>
    public IReadOnlyList<(string Name, string Text)> Loaded(string code, string label)
    {
        var found = new List<(string Name, string Text)>();
        Add(code, label, found, []);
        return found;
    }

    /// <summary>Divides a file.</summary>
    /// <returns>The declarations that are compiled to an assembly; null for none.</returns>
    public string? Divide(string name, string text)
    {
        var file = SourceFile.Parse(text);
        _scripts[Path.GetFullPath(Path.Combine(folder, name))] = file.Script;
        return file.Library;
    }

    private void Add(string code, string label, List<(string Name, string Text)> found, HashSet<string> seen)
    {
        if (!code.Contains("#load", StringComparison.Ordinal))
            return;
        foreach (var directive in CSharpSyntaxTree.ParseText(code, dialect).GetCompilationUnitRoot().GetLoadDirectives())
        {
            // the compiler reports a file that does not exist
            if (_paths.ResolveReference(directive.File.ValueText, label) is not { } path || !seen.Add(path))
                continue;
            var text = File.ReadAllText(path);
            var name = Path.GetRelativePath(folder, path);
            Add(text, name, found, seen);
            found.Add((name, text));
        }
    }

    private sealed class ScriptPartResolver(SourceReferenceResolver paths, Dictionary<string, string> scripts) : SourceReferenceResolver
    {
        public override string? NormalizePath(string path, string? baseFilePath) => paths.NormalizePath(path, baseFilePath);

        public override string? ResolveReference(string path, string? baseFilePath) => paths.ResolveReference(path, baseFilePath);

        public override Stream OpenRead(string resolvedPath) => scripts.TryGetValue(resolvedPath, out var script)
            ? new MemoryStream(Encoding.UTF8.GetBytes(script))
            : paths.OpenRead(resolvedPath);

        public override bool Equals(object? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
