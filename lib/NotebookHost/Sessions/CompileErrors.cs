using System.Globalization;
using Microsoft.CodeAnalysis;

namespace NotebookHost.Sessions;

/// <summary>Words the compiler's findings with the cell's line and a caret under the place.</summary>
internal static class CompileErrors
{
    // one missing brace can bring hundreds; the first ones name the cause
    private const int Most = 10;

    // A library was built for an older framework, which binds to the newer one. The SDK's projects turn these off too
    private static readonly string[] _ignored = ["CS1701", "CS1702"];

    /// <summary>Whether a finding is a warning that a reader should see.</summary>
    public static bool IsWarning(Diagnostic diagnostic)
        => diagnostic.Severity == DiagnosticSeverity.Warning && !_ignored.Contains(diagnostic.Id);

    public static CellError Describe(IReadOnlyList<Diagnostic> diagnostics, string label)
    {
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .OrderBy(error => error.Location.SourceSpan.Start)
            .ToList();
        var traceback = errors.Take(Most).SelectMany(error => Lines(error, label)).ToList();
        if (errors.Count > Most)
            traceback.Add($"… and {errors.Count - Most} more errors");
        var first = errors[0];
        int? line = IsIn(first, label) ? first.Location.GetLineSpan().StartLinePosition.Line + 1 : null;
        return new CellError(first.Id, Message(first), line, traceback);
    }

    /// <summary>A finding as the lines that a reader sees: where and what, the line of code, the caret.</summary>
    public static IEnumerable<string> Lines(Diagnostic diagnostic, string label)
    {
        var severity = diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        var finding = $"{severity} {diagnostic.Id}: {Message(diagnostic)}";
        if (diagnostic.Location.SourceTree is not { } tree)
        {
            yield return $"{label}: {finding}";
            yield break;
        }
        var start = diagnostic.Location.GetLineSpan().StartLinePosition;
        var where = IsIn(diagnostic, label) ? label : tree.FilePath;
        yield return $"{where}, line {start.Line + 1}: {finding}";

        var code = tree.GetText().Lines[start.Line].ToString();
        var indent = code.Length - code.TrimStart().Length;
        var caretIndent = code[Math.Min(indent, start.Character)..Math.Min(start.Character, code.Length)]
            .Select(character => character == '\t' ? '\t' : ' ');
        yield return "    " + code[indent..].TrimEnd();
        yield return "    " + string.Concat(caretIndent) + "^";
    }

    private static bool IsIn(Diagnostic diagnostic, string label) => diagnostic.Location.SourceTree?.FilePath == label;

    private static string Message(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);
}
