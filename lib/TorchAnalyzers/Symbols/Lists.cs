using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TorchAnalyzers.Symbols;

/// <summary>Reads array and list literals.</summary>
internal static class Lists
{
    /// <summary>Returns the elements, with null for nested lists; null if the expression is not a list.</summary>
    public static IReadOnlyList<ExpressionSyntax?>? Of(ExpressionSyntax expression) => expression switch
    {
        CollectionExpressionSyntax list => [.. list.Elements.Select(element => (element as ExpressionElementSyntax)?.Expression)],
        ImplicitArrayCreationExpressionSyntax array => [.. array.Initializer.Expressions],
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
        BaseObjectCreationExpressionSyntax { Initializer: { } initializer, ArgumentList: null or { Arguments.Count: 0 } } => [.. initializer.Expressions],
        _ => null,
    };
}
