using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookHost.Language;

/// <summary>Finds calls and their candidate methods.</summary>
internal static class CallSyntax
{
    /// <summary>Returns the innermost call whose name or arguments contain a position, with its arguments.</summary>
    public static (SyntaxNode? Call, BaseArgumentListSyntax? Arguments) CallAround(SyntaxNode root, int position)
    {
        var token = root.FindToken(position);
        if (!(token.Span.Contains(position) && token.IsKind(SyntaxKind.IdentifierToken)) && token.SpanStart >= position)
            token = token.GetPreviousToken();
        for (var node = token.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case InvocationExpressionSyntax call when IsIn(call.ArgumentList, position) || IsName(call.Expression, token):
                    return (call, call.ArgumentList);
                case BaseObjectCreationExpressionSyntax creation when (creation.ArgumentList is { } list && IsIn(list, position))
                    || (creation is ObjectCreationExpressionSyntax { Type: var type } && IsName(type, token)):
                    return (creation, creation.ArgumentList);
                case StatementSyntax or MemberDeclarationSyntax:
                    return (null, null);
            }
        }
        return (null, null);
    }

    /// <summary>Returns the candidate methods of a call or a <c>new</c> expression, the selected method first.</summary>
    public static IReadOnlyList<IMethodSymbol> Called(SyntaxNode? call, SemanticModel model)
    {
        if (call is not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax))
            return [];
        var info = model.GetSymbolInfo(call);
        IEnumerable<ISymbol> group = call is InvocationExpressionSyntax invocation
            ? model.GetMemberGroup(invocation.Expression)
            : (model.GetTypeInfo(call).Type as INamedTypeSymbol)?.InstanceConstructors ?? [];
        IEnumerable<ISymbol> chosen = info.Symbol is { } symbol ? [symbol] : [];
        return [.. chosen.Concat(info.CandidateSymbols).Concat(group)
            .OfType<IMethodSymbol>()
            .Where(method => model.IsAccessible(call.SpanStart, method))
            .DistinctBy(method => method.OriginalDefinition, SymbolEqualityComparer.Default)];
    }

    private static bool IsIn(BaseArgumentListSyntax arguments, int position)
        => position > arguments.SpanStart && (position < arguments.Span.End || arguments.GetLastToken(includeZeroWidth: true).IsMissing);

    // the last name of a.b.C(…) is the method or the type
    private static bool IsName(SyntaxNode expression, SyntaxToken token) => expression.DescendantTokens().LastOrDefault(last => last.IsKind(SyntaxKind.IdentifierToken)
        && last.Parent?.FirstAncestorOrSelf<TypeArgumentListSyntax>() is null) == token;
}
