using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TorchAnalyzers;

/// <summary>Creates syntax nodes.</summary>
internal static class Write
{
    /// <summary>Returns <c>receiver.method(argument)</c>, with the receiver in parentheses if necessary.</summary>
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
