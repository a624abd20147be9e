using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NotebookHost.Scripting;

namespace NotebookHost.Sessions;

/// <summary>Formats diagnostics of the compiler with the line of the cell and a caret below the position.</summary>
internal static class CompileErrors
{
    // one missing brace can cause hundreds of errors; the first ones show the cause
    private const int MaxShown = 10;

    private const string NotAwaited = "CS4014";

    // CS1701 to CS1705: a library was built with an older version of another library; the SDK's projects also disable these.
    // CS8632, CS8669: "string?" is clear even if nullable types are not checked
    // CS0067 to CS0649: later cells may use what a cell declares
    private static readonly string[] _ignored = ["CS1701", "CS1702", "CS1705", "CS8632", "CS8669", "CS0067", "CS0169", "CS0414", "CS0649"];

    /// <summary>Returns whether a diagnostic is a warning to show.</summary>
    public static bool IsWarning(Diagnostic diagnostic)
        => diagnostic.Severity == DiagnosticSeverity.Warning && !_ignored.Contains(diagnostic.Id) && !(diagnostic.Id == NotAwaited && IsResult(diagnostic.Location));

    /// <param name="diagnostics">The diagnostics, at least one of which is an error.</param>
    /// <param name="label">The label of the cell.</param>
    /// <param name="compilation">The compilation that is searched for similar names; null for none.</param>
    public static CellError Describe(IReadOnlyList<Diagnostic> diagnostics, string label, Compilation? compilation = null)
    {
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            // the compiler reports a library that it cannot read twice, once without a position
            .OrderBy(error => error.Location.IsInSource ? 0 : 1)
            .DistinctBy(error => (error.Id, error.GetMessage(CultureInfo.InvariantCulture), error.Location.IsInSource ? error.Location.SourceSpan.Start : FirstPlace(diagnostics, error)))
            .OrderBy(error => error.Location.SourceSpan.Start)
            .ToList();
        errors = [.. UsingDeclarations.WithoutConsequences(errors)];
        var traceback = errors.Take(MaxShown).SelectMany(error => Lines(error, label, compilation)).ToList();
        if (errors.Count > MaxShown)
            traceback.Add($"… and {errors.Count - MaxShown} more errors");
        var first = errors[0];
        int? line = IsIn(first, label) ? first.Location.GetLineSpan().StartLinePosition.Line + 1 : null;
        var imported = line is null && first.Location.SourceTree is { } tree ? $"{Name(tree)}, line {first.Location.GetLineSpan().StartLinePosition.Line + 1}" : null;
        return new CellError(first.Id, Message(first, compilation), line, traceback) { ImportedPlace = imported };
    }

    /// <summary>Returns a diagnostic as lines: the place and the message, the line of code, the caret.</summary>
    public static IEnumerable<string> Lines(Diagnostic diagnostic, string label, Compilation? compilation = null)
    {
        var severity = diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        var finding = $"{severity} {diagnostic.Id}: {Message(diagnostic, compilation)}";
        if (diagnostic.Location.SourceTree is not { } tree)
        {
            yield return $"{label}: {finding}";
            yield break;
        }
        var start = diagnostic.Location.GetLineSpan().StartLinePosition;
        var where = IsIn(diagnostic, label) ? label : Name(tree);
        yield return $"{where}, line {start.Line + 1}: {finding}";
        foreach (var line in CodeLine.WithCaret(tree.GetText(), start))
            yield return line;
    }

    // the path of a #load file is absolute
    private static string Name(SyntaxTree tree)
        => Path.IsPathRooted(tree.FilePath) ? Path.GetRelativePath(Directory.GetCurrentDirectory(), tree.FilePath) : tree.FilePath;

    private static int FirstPlace(IEnumerable<Diagnostic> diagnostics, Diagnostic error)
        => diagnostics.FirstOrDefault(other => other.Location.IsInSource && other.Id == error.Id && other.GetMessage(CultureInfo.InvariantCulture) == error.GetMessage(CultureInfo.InvariantCulture))
            ?.Location.SourceSpan.Start ?? -1;

    private static bool IsIn(Diagnostic diagnostic, string label) => diagnostic.Location.SourceTree?.FilePath == label;

    private static string Message(Diagnostic diagnostic, Compilation? compilation)
    {
        if (UsingDeclarations.MessageOf(diagnostic) is { } explanation)
            return explanation;
        var message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        return compilation is not null && NameSuggestion.For(diagnostic, compilation) is { } question ? $"{message}; {question}" : message;
    }

    // the task is the value of the cell, which is shown
    private static bool IsResult(Location location)
        => location.SourceTree?.GetRoot() is CompilationUnitSyntax { Members: [.., GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last }] }
            && last.Expression.Span == location.SourceSpan;
}
