using Microsoft.CodeAnalysis;

namespace NotebookHost.Language;

/// <summary>The overloads of a call.</summary>
/// <param name="Signatures">All overloads.</param>
/// <param name="Active">The index of the overload that matches the arguments best.</param>
/// <param name="Parameter">The index of the parameter whose argument is at the position.</param>
internal sealed record SignatureHelp(IReadOnlyList<Signature> Signatures, int Active, int Parameter);

/// <summary>An overload.</summary>
/// <param name="Label">The declaration.</param>
/// <param name="Documentation">The documentation; "" for none.</param>
/// <param name="Parameters">The declarations of the parameters, each with its documentation.</param>
internal sealed record Signature(string Label, string Documentation, IReadOnlyList<(string Label, string Documentation)> Parameters);

/// <summary>Finds the overloads of a call.</summary>
internal static class CellSignatures
{
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The position in the text.</param>
    /// <param name="draft">A function that compiles a text as the next cell of the session, without running it.</param>
    /// <returns>The overloads; null if the position is not in a call.</returns>
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
