using System.Globalization;
using Microsoft.CodeAnalysis;
using NotebookHost.Scripting;

namespace NotebookHost.Analysis;

/// <summary>A diagnostic of an analyzer about a cell.</summary>
/// <param name="Id">The id of the rule.</param>
/// <param name="Severity">The severity. An error of an analyzer is shown as an error, but does not stop the cell.</param>
/// <param name="Message">The message.</param>
/// <param name="Line">The line of the cell, from 1; null for none.</param>
/// <param name="Code">The code of the line and a caret below it; empty for none.</param>
/// <param name="Fix">The title of the code fix; null for none.</param>
/// <param name="Help">The page of the rule, as an address or a file name; null for none.</param>
internal sealed record CellWarning(string Id, DiagnosticSeverity Severity, string Message, int? Line, IReadOnlyList<string> Code, string? Fix, string? Help)
{
    /// <summary>The property of a diagnostic with the title of its code fix. Code fixes are not loaded, because they require Roslyn's workspaces.</summary>
    public const string FixProperty = "FixTitle";

    /// <summary>Gets a value that indicates whether a run shows the diagnostic. Only nb check shows suggestions.</summary>
    public bool IsWarning => Severity >= DiagnosticSeverity.Warning;

    /// <summary>Gets the web address of the rule's page; null for none.</summary>
    public string? HelpAddress => Uri.TryCreate(Help, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address.AbsoluteUri : null;

    /// <summary>Gets the severity, the id and the message.</summary>
    public string Summary => $"{SeverityName} {Id}: {Message}";

    /// <summary>Gets the severity in one word.</summary>
    public string SeverityName => Severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "info",
    };

    /// <summary>Returns a warning from a diagnostic, with its position in the text of the cell.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="tree">The cell.</param>
    /// <param name="position">The position; null for none.</param>
    public static CellWarning Of(Diagnostic diagnostic, SyntaxTree tree, int? position)
    {
        var message = diagnostic.GetMessage(CultureInfo.InvariantCulture).TrimEnd().TrimEnd('.');
        var place = position is { } offset ? tree.GetText().Lines.GetLinePosition(offset) : default;
        return new CellWarning(
            diagnostic.Id,
            diagnostic.Severity,
            message,
            position is null ? null : place.Line + 1,
            position is null ? [] : CodeLine.WithCaret(tree.GetText(), place),
            diagnostic.Properties.GetValueOrDefault(FixProperty) is { Length: > 0 } fix ? fix : null,
            diagnostic.Descriptor.HelpLinkUri is { Length: > 0 } help ? help : null);
    }
}
