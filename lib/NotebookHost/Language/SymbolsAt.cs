using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookHost.Language;

/// <summary>What code speaks of.</summary>
internal static class SymbolsAt
{
    /// <summary>What stands at a position, best first: what the name means, else what is called around it.</summary>
    public static IReadOnlyList<ISymbol> Find(SemanticModel model, int position)
    {
        var root = model.SyntaxTree.GetRoot();
        foreach (var place in position > 0 ? [position, position - 1] : (int[])[position])
        {
            var token = root.FindToken(place);
            if (token.Span.Contains(place) && Named(token, model) is { Count: > 0 } named)
                return named;
        }
        for (var node = root.FindToken(Math.Max(0, position - 1)).Parent; node is not null; node = node.Parent)
        {
            if (node is BaseArgumentListSyntax && Called(node.Parent, model) is { Count: > 0 } called)
                return called;
        }
        return [];
    }

    /// <summary>The methods that a call or a <c>new</c> may mean, the chosen one first.</summary>
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

    private static IReadOnlyList<ISymbol> Named(SyntaxToken token, SemanticModel model)
    {
        if (token.Parent is not { } node || !(token.IsKind(SyntaxKind.IdentifierToken) || node is PredefinedTypeSyntax))
            return [];
        if (model.GetDeclaredSymbol(node) is { } declared)
            return [declared];
        // the whole of a.b.C(…) and new a.b.C(…), whose last name is the method's or the type's
        var whole = node;
        while (whole.Parent is QualifiedNameSyntax or MemberAccessExpressionSyntax or MemberBindingExpressionSyntax
            && whole.Parent.Span.End == whole.Span.End)
            whole = whole.Parent;
        if (whole.Parent is InvocationExpressionSyntax or ObjectCreationExpressionSyntax
            && Called(whole.Parent, model) is { Count: > 0 } called)
            return called;
        var info = model.GetSymbolInfo(node);
        return info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols;
    }
}
