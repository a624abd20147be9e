using Microsoft.CodeAnalysis;

namespace NotebookHost.Language;

/// <summary>Says what stands at a position: how it is declared and what its documentation says.</summary>
internal static class CellHover
{
    private const int MostOverloads = 12;

    /// <param name="code">The cell's text.</param>
    /// <param name="position">Where in it.</param>
    /// <param name="draft">Compiles a text as the session's next cell, without running it.</param>
    /// <returns>Null when there is nothing to say.</returns>
    public static Hover? Describe(string code, int position, Func<string, Compilation> draft)
    {
        var compilation = draft(CellText.WithoutMagics(code));
        var model = compilation.GetSemanticModel(compilation.SyntaxTrees.First());
        var symbols = SymbolsAt.Find(model, position);
        if (symbols.Count == 0 || symbols[0] is IErrorTypeSymbol)
            return null;
        var signatures = symbols.Take(MostOverloads).Select(symbol => SymbolText.Signature(symbol, model, position)).ToList();
        if (symbols.Count > MostOverloads)
            signatures.Add($"(+ {symbols.Count - MostOverloads} more)");
        return new Hover(signatures, Documentation.Of(symbols[0], compilation));
    }
}
