using Microsoft.CodeAnalysis;

namespace NotebookHost.Language;

/// <summary>The overloads that a call may mean.</summary>
/// <param name="Signatures">All overloads.</param>
/// <param name="Active">The index of the one that the arguments fit best.</param>
/// <param name="Parameter">The index of the parameter whose argument stands at the position.</param>
internal sealed record SignatureHelp(IReadOnlyList<Signature> Signatures, int Active, int Parameter);

/// <summary>One overload.</summary>
/// <param name="Label">How it is declared.</param>
/// <param name="Documentation">The documentation; "" when there is none.</param>
/// <param name="Parameters">The declarations of its parameters, each with what its author says of it.</param>
internal sealed record Signature(string Label, string Documentation, IReadOnlyList<(string Label, string Documentation)> Parameters);

/// <summary>Finds the overloads of a call.</summary>
internal static class CellSignatures
{
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The position in the text.</param>
    /// <param name="draft">Compiles a text as the session's next cell, without running it.</param>
    /// <returns>Null when the position is in no call.</returns>
    public static SignatureHelp? Describe(string code, int position, Func<string, Compilation> draft)
        => Describe(draft(CellText.WithoutMagics(code)), position);

    /// <summary>Describes the call around a position of a script.</summary>
    internal static SignatureHelp? Describe(Compilation script, int position)
    {
        var tree = script.SyntaxTrees.Last();
        var model = script.GetSemanticModel(tree);
        var (call, arguments) = CallSyntax.CallAround(tree.GetRoot(), position);
        var overloads = CallSyntax.Called(call, model);
        if (overloads.Count == 0)
            return null;
        var signatures = overloads.Select(method => new Signature(
            SymbolText.Signature(method, model, position),
            Documentation.Of(method),
            [.. method.Parameters.Select(parameter => (SymbolText.Signature(parameter, model, position), Documentation.OfParameter(method, parameter.Name)))])).ToList();
        var before = arguments?.Arguments.GetSeparators().Count(comma => comma.SpanStart < position) ?? 0;
        return new SignatureHelp(signatures, Active: 0, before);
    }
}
