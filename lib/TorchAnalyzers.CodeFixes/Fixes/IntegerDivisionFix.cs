using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TorchAnalyzers.Rules;

namespace TorchAnalyzers.Fixes;

/// <summary>Converts the dividend to a floating-point literal.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class IntegerDivisionFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(IntegerDivision.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<BinaryExpressionSyntax>(division => division.IsKind(SyntaxKind.DivideExpression)) is not { } division
            || IntegerDivision.Literal(division.Left) is not { } literal)
        {
            return null;
        }
        // the title contains the replacement: Write '1.0 / 2'
        var number = diagnostic.Properties[Rule.FixTitle]!.Split('\'')[1].Split(' ')[0];
        return root.ReplaceNode(literal, SyntaxFactory.ParseExpression(number).WithTriviaFrom(literal));
    }
}
