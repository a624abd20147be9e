using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TorchAnalyzers.Symbols;

/// <summary>Reads arrays and lists that are written out.</summary>
internal static class Lists
{
    /// <summary>Returns the elements, null for those that are lists themselves; null for what is no list.</summary>
    public static IReadOnlyList<ExpressionSyntax?>? Of(ExpressionSyntax expression) => expression switch
    {
        CollectionExpressionSyntax list => [.. list.Elements.Select(element => (element as ExpressionElementSyntax)?.Expression)],
        ImplicitArrayCreationExpressionSyntax array => [.. array.Initializer.Expressions],
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
        BaseObjectCreationExpressionSyntax { Initializer: { } initializer, ArgumentList: null or { Arguments.Count: 0 } } => [.. initializer.Expressions],
        _ => null,
    };
}
