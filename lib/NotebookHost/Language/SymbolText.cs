using Microsoft.CodeAnalysis;

namespace NotebookHost.Language;

/// <summary>Formats symbols for display.</summary>
internal static class SymbolText
{
    private static readonly SymbolDisplayFormat _format = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints)
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeConstantValue)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut)
        .WithLocalOptions(SymbolDisplayLocalOptions.IncludeType);

    /// <summary>Returns the shortest declaration at a position.</summary>
    public static string Signature(ISymbol symbol, SemanticModel model, int position)
    {
        // the compiler generates a class for each cell; its members are the variables and functions of the cell
        var format = symbol.ContainingType is { IsScriptClass: true }
            ? _format.RemoveMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType)
            : _format;
        var signature = symbol.ToMinimalDisplayString(model, position, format);
        return symbol switch
        {
            ITypeSymbol { TypeKind: var kind } => $"{kind.ToString().ToLowerInvariant()} {signature}",
            INamespaceSymbol => $"namespace {signature}",
            _ => signature,
        };
    }
}
