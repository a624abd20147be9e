using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TorchAnalyzers;

/// <summary>Writes pieces of source.</summary>
internal static class Write
{
    /// <summary>Returns <c>receiver.method(argument)</c>, with the receiver in parentheses where it needs them.</summary>
    public static ExpressionSyntax Call(ExpressionSyntax receiver, string method, ExpressionSyntax? argument = null)
    {
        var bare = receiver.WithoutTrivia();
        var left = receiver is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax
            ? bare
            : SyntaxFactory.ParenthesizedExpression(bare);
        var arguments = argument is null ? SyntaxFactory.ArgumentList() : SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(argument)));
        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, left, SyntaxFactory.IdentifierName(method)), arguments).WithTriviaFrom(receiver);
    }
}
