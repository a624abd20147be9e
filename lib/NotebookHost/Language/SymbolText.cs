using System.ComponentModel;
using Microsoft.CodeAnalysis;

namespace NotebookHost.Language;

/// <summary>Symbols in the words of someone who reads code.</summary>
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

    /// <summary>The declaration, as short as it can be said at the place.</summary>
    public static string Signature(ISymbol symbol, SemanticModel model, int position)
    {
        // the class around a cell is the compiler's; members of it are what a reader calls variables and functions
        var format = symbol.ContainingType is { IsScriptClass: true }
            ? _format.RemoveMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType)
            : _format;
        var signature = symbol.ToMinimalDisplayString(model, position, format);
        return symbol switch
        {
            ITypeSymbol => $"{Kind(symbol)} {signature}",
            INamespaceSymbol => $"namespace {signature}",
            _ => signature,
        };
    }

    /// <summary>What it is, in the words that front ends have pictures for.</summary>
    public static string Kind(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol => "module",
        ITypeSymbol { TypeKind: TypeKind.Enum } => "enum",
        ITypeSymbol { TypeKind: TypeKind.Interface } => "interface",
        ITypeSymbol { TypeKind: TypeKind.Struct } => "struct",
        ITypeSymbol => "class",
        IMethodSymbol => "function",
        IPropertySymbol { ContainingType.IsScriptClass: false } or IEventSymbol => "property",
        IFieldSymbol { ContainingType.IsScriptClass: false } => "field",
        _ => "variable",
    };

    /// <summary>Whether the library's author wants it to be offered, and the language lets it be written.</summary>
    public static bool IsOffered(ISymbol symbol)
        => symbol.CanBeReferencedByName && !symbol.Name.StartsWith('<') && !symbol.GetAttributes().Any(attribute
            => attribute.AttributeClass?.Name == nameof(EditorBrowsableAttribute)
                && attribute.ConstructorArguments is [{ Value: (int)EditorBrowsableState.Never }]);
}
