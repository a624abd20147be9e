using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NotebookHost.Scripting;

/// <summary>
/// A C# file, divided into the part that a script can contain and the part that it cannot: a script is compiled to a class, which cannot contain namespaces or classes with
/// extension methods. Both parts keep the line numbers of the file.
/// </summary>
/// <param name="Library">The declarations that are compiled to an assembly; null if a script can contain the whole file.</param>
/// <param name="Script">The code that runs as a script; blank for none.</param>
internal sealed partial record SourceFile(string? Library, string Script)
{
    private static readonly CSharpParseOptions _dialect = new(LanguageVersion.Latest);

    // the implicit usings of SDK projects
    private const string Imports = """
        global using System;
        global using System.Collections;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Text;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using static Microsoft.DotNet.Interactive.Kernel;
        """;

    /// <summary>Divides a file.</summary>
    public static SourceFile Parse(string text)
    {
        var plain = Directive().Replace(text, match => new string(' ', match.Length));
        var root = CSharpSyntaxTree.ParseText(plain, _dialect).GetCompilationUnitRoot();
        if (!root.DescendantNodes(node => node is not BlockSyntax).Any(IsForLibrary))
            return new SourceFile(Library: null, text);
        var statements = root.Members.OfType<GlobalStatementSyntax>().ToList();
        var library = Blank(plain, statements.Select(statement => statement.Span));
        var script = statements.Count > 0
            ? Blank(text, root.Members.Where(member => member is not GlobalStatementSyntax).Select(member => member.Span))
            : Blank(text, [TextSpan.FromBounds(0, text.Length)]);
        return new SourceFile(library, script);
    }

    /// <summary>Compiles declarations to an assembly.</summary>
    /// <param name="library">The declarations.</param>
    /// <param name="label">The name of the file in messages.</param>
    /// <param name="assembly">The name of the assembly.</param>
    /// <param name="version">The version: the compiler uses the newer of two assemblies with the same name.</param>
    /// <param name="references">The references of the declarations.</param>
    public static CSharpCompilation Compile(string library, string label, string assembly, int version, IEnumerable<MetadataReference> references)
        => CSharpCompilation.Create(
            assembly,
            [
                CSharpSyntaxTree.ParseText(SourceText.From(library, Encoding.UTF8), _dialect, label),
                CSharpSyntaxTree.ParseText($"{Imports}\n[assembly: System.Reflection.AssemblyVersion(\"{version}.0.0.0\")]", _dialect),
            ],
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Annotations,
                assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default));

    private static bool IsForLibrary(SyntaxNode node) => node switch
    {
        BaseNamespaceDeclarationSyntax => true,
        BaseTypeDeclarationSyntax type when type.Modifiers.Any(SyntaxKind.FileKeyword) => true,
        ExtensionBlockDeclarationSyntax => true,
        MethodDeclarationSyntax { Parent: TypeDeclarationSyntax, ParameterList.Parameters: [var first, ..] } => first.Modifiers.Any(SyntaxKind.ThisKeyword),
        _ => false,
    };

    private static string Blank(string text, IEnumerable<TextSpan> spans)
    {
        var characters = text.ToCharArray();
        foreach (var span in spans)
        {
            for (var i = span.Start; i < span.End; i++)
            {
                if (characters[i] is not ('\n' or '\r'))
                    characters[i] = ' ';
            }
        }
        return new string(characters);
    }

    // directives of scripts and of file-based programs
    [GeneratedRegex("""^[ \t]*#(r|load|i)[ \t]+"[^\r\n]*|^[ \t]*#[!:][^\r\n]*""", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
