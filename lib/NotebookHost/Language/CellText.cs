using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookHost.Language;

/// <summary>Questions about a cell that its text alone answers.</summary>
internal static partial class CellText
{
    /// <summary>Returns the text with its magics blanked out, every position kept.</summary>
    public static string WithoutMagics(string code) => Magic().Replace(code, match => new string(' ', match.Length));

    /// <summary>Returns whether the text could be run as it is: "complete", "incomplete" or "invalid".</summary>
    public static string Completeness(string code, CSharpParseOptions dialect)
    {
        var tree = CSharpSyntaxTree.ParseText(WithoutMagics(code), dialect);
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return "incomplete";
        return tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? "invalid" : "complete";
    }

    /// <summary>Returns the indent of the line after an incomplete text.</summary>
    public static string NextIndent(string code)
    {
        var last = code.TrimEnd().Split('\n')[^1];
        var indent = last[..(last.Length - last.TrimStart().Length)];
        return last.EndsWith('{') || last.EndsWith('(') || last.EndsWith('[') ? indent + "    " : indent;
    }

    [GeneratedRegex(@"^[ \t]*#![^\r\n]*", RegexOptions.Multiline)]
    private static partial Regex Magic();
}
