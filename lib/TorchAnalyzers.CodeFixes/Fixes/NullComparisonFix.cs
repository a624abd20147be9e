using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TorchAnalyzers.Rules;

namespace TorchAnalyzers.Fixes;

/// <summary>Compares with null by a pattern, which does not call an operator.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class NullComparisonFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(NullComparison.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node is not BinaryExpressionSyntax comparison)
            return null;
        var tensor = comparison.Left.IsKind(SyntaxKind.NullLiteralExpression) ? comparison.Right : comparison.Left;
        var pattern = comparison.IsKind(SyntaxKind.EqualsExpression) ? "is null" : "is not null";
        return root.ReplaceNode(comparison, SyntaxFactory.ParseExpression($"{tensor.WithoutTrivia()} {pattern}").WithTriviaFrom(comparison));
    }
}
