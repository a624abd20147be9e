using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookHost.Scripting;

/// <summary>A library in a <c>#r</c> line.</summary>
/// <param name="Name">The text between the quotes.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Path">The file of the library; null if it does not exist.</param>
internal sealed record NamedLibrary(string Name, int Line, string? Path);

/// <summary>Finds the libraries of <c>#r</c> lines.</summary>
internal static class NamedLibraries
{
    /// <summary>Returns the libraries that a script references, in order.</summary>
    /// <param name="code">The script.</param>
    /// <param name="label">The path or label of the script, relative to the folder of the resolver; libraries are first searched in its folder.</param>
    /// <param name="dialect">The parse options of the script.</param>
    /// <param name="paths">The resolver of the files.</param>
    public static IEnumerable<NamedLibrary> In(string code, string label, CSharpParseOptions dialect, MetadataReferenceResolver paths)
    {
        if (!code.Contains("#r", StringComparison.Ordinal))
            yield break;
        var tree = CSharpSyntaxTree.ParseText(code, dialect);
        foreach (var directive in tree.GetCompilationUnitRoot().GetReferenceDirectives())
        {
            // the compiler reports a line without a name
            if (!directive.IsActive || directive.File.ValueText.Length == 0)
                continue;
            var line = tree.GetLineSpan(directive.Span).StartLinePosition.Line + 1;
            var found = paths.ResolveReference(directive.File.ValueText, label, MetadataReferenceProperties.Assembly);
            if (found.IsEmpty)
                yield return new NamedLibrary(directive.File.ValueText, line, Path: null);
            foreach (var reference in found)
                yield return new NamedLibrary(directive.File.ValueText, line, reference.FilePath);
        }
    }

    /// <summary>Returns a sentence about a library whose file does not exist, with the command that builds it.</summary>
    /// <param name="library">The library.</param>
    /// <param name="folder">The folder that its path is relative to.</param>
    public static string Missing(NamedLibrary library, string folder)
    {
        if (library.Name.Trim().Equals("nuget:", StringComparison.OrdinalIgnoreCase))
            return "The line does not contain a package name: write #r \"nuget: NAME\" or #r \"nuget: NAME, VERSION\".";
        if (!library.Name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && !library.Name.AsSpan().ContainsAny('/', '\\'))
            return $"There is no library {library.Name}: it is neither an assembly of .NET nor a file beside the notebook.";
        var full = FullPath(library, folder);
        return BuildHint(full) is { } command
            ? $"The library {library.Name} is missing; build it with: {command}"
            : $"The library {library.Name} is missing; build it first.";
    }

    /// <summary>Returns the expected absolute path of a library.</summary>
    public static string FullPath(NamedLibrary library, string folder) => Path.GetFullPath(Path.Combine(folder, library.Name.Replace('\\', '/')));

    /// <summary>
    /// Returns the command that builds a library. A file build-hints.txt in the folder of the library or in a parent folder can contain a line
    /// "NAME.dll: COMMAND".
    /// </summary>
    /// <returns>The command; null if no file contains such a line.</returns>
    private static string? BuildHint(string library)
    {
        var prefix = Path.GetFileName(library) + ":";
        for (var folder = Path.GetDirectoryName(library); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            try
            {
                var file = Path.Combine(folder, "build-hints.txt");
                if (File.Exists(file) && File.ReadLines(file).FirstOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal)) is { } hint)
                    return hint[prefix.Length..].Trim();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // files that cannot be read are ignored
            }
        }
        return null;
    }
}
