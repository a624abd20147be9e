using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TorchAnalyzers.Rules;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Fixes;

/// <summary>Assigns the result to the variable.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class DroppedResultFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DroppedResult.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call || Regions.Receiver(call) is not { } variable)
            return null;
        var assignment = SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, variable.WithoutTrivia(), call.WithoutTrivia());
        return root.ReplaceNode(call, assignment.NormalizeWhitespace().WithTriviaFrom(call));
    }
}
