using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookHost.Language;

/// <summary>Analyzes the text of a cell.</summary>
internal static partial class CellText
{
    /// <summary>Returns the text with magic commands replaced by spaces, so that positions do not change.</summary>
    public static string WithoutMagics(string code) => Magic().Replace(code, match => new string(' ', match.Length));

    /// <summary>Returns whether the text can be run: "complete", "incomplete" or "invalid".</summary>
    public static string Completeness(string code, CSharpParseOptions dialect)
    {
        var tree = CSharpSyntaxTree.ParseText(WithoutMagics(code), dialect);
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return "incomplete";
        return tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? "invalid" : "complete";
    }

    /// <summary>Returns the indentation of the line after an incomplete text.</summary>
    public static string NextIndent(string code)
    {
        var last = code.TrimEnd().Split('\n')[^1];
        var indent = last[..(last.Length - last.TrimStart().Length)];
        return last.EndsWith('{') || last.EndsWith('(') || last.EndsWith('[') ? indent + "    " : indent;
    }

    [GeneratedRegex(@"^[ \t]*#![^\r\n]*", RegexOptions.Multiline)]
    private static partial Regex Magic();
}
