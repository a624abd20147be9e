using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using TorchAnalyzers.Rules;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Fixes;

/// <summary>Adds a call of <c>zero_grad</c> before <c>backward</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class NoZeroGradFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(NoZeroGrad.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Parent: BlockSyntax block } statement
            || Regions.Loops(node).FirstOrDefault() is not { } loop)
        {
            return null;
        }
        if (Regions.Calls(loop, "step").Select(Regions.Receiver).FirstOrDefault(receiver => receiver is not null) is not { } optimizer)
            return null;
        var clear = SyntaxFactory.ParseStatement($"{optimizer}.zero_grad();")
            .WithLeadingTrivia(statement.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
            .WithTrailingTrivia(statement.GetTrailingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)))
            .WithAdditionalAnnotations(Formatter.Annotation);
        return root.ReplaceNode(block, block.WithStatements(block.Statements.Insert(block.Statements.IndexOf(statement), clear)));
    }
}
