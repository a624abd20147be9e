using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using TorchAnalyzers.Rules;

namespace TorchAnalyzers.Fixes;

/// <summary>Converts the labels to Int64.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class LabelsNotInt64Fix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(LabelsNotInt64.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        var labels = node is ArgumentSyntax argument ? argument.Expression : node as ExpressionSyntax;
        if (labels is null)
            return null;
        var type = SyntaxFactory.ParseExpression("TorchSharp.torch.int64").WithAdditionalAnnotations(Simplifier.Annotation);
        var converted = Write.Call(labels, "to", type);
        return root.ReplaceNode(labels, converted);
    }
}
