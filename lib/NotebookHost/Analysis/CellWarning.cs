using System.Globalization;
using Microsoft.CodeAnalysis;
using NotebookHost.Scripting;

namespace NotebookHost.Analysis;

/// <summary>What an analyzer says about a cell.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="Severity">How severe it is: an error of an analyzer is shown as one, but stops nothing.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Line">The line of the cell, from 1; null when it is about no line.</param>
/// <param name="Code">The line's code and a caret below it; empty when it is about no line.</param>
/// <param name="Fix">What a code fix would do; null when the analyzer does not say.</param>
/// <param name="Help">The rule's page, an address or a file's name; null when there is none.</param>
internal sealed record CellWarning(string Id, DiagnosticSeverity Severity, string Message, int? Line, IReadOnlyList<string> Code, string? Fix, string? Help)
{
    /// <summary>The property of a diagnostic that has the title of its code fix. Code fixes themselves are not loaded: they need Roslyn's workspaces.</summary>
    public const string FixProperty = "FixTitle";

    /// <summary>Gets what a reader of a run sees; advice, which is less, is for those who check a notebook.</summary>
    public bool IsWarning => Severity >= DiagnosticSeverity.Warning;

    /// <summary>Gets the address of the rule's page; null when there is none on the web.</summary>
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

    /// <summary>Returns what a diagnostic says, at its place in the text that the reader sees.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="tree">The cell.</param>
    /// <param name="position">The place; null when it is about no place.</param>
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
