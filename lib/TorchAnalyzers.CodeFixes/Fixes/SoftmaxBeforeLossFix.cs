using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TorchAnalyzers.Rules;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Fixes;

/// <summary>Passes the scores to the loss.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class SoftmaxBeforeLossFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(SoftmaxBeforeLoss.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>(call => call.Name()?.Identifier.ValueText is "softmax" or "sigmoid") is not { } activation)
            return null;
        // the scores are the receiver of x.softmax(1) and an argument of F.softmax(x, 1)
        var arguments = activation.ArgumentList.Arguments;
        var least = activation.Name()!.Identifier.ValueText == "softmax" ? 1 : 0;
        var scores = arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == "input")?.Expression
            ?? (arguments.Count(argument => argument.NameColon?.Name.Identifier.ValueText != "dtype") > least ? arguments[0].Expression : Regions.Receiver(activation));
        return scores is null ? null : root.ReplaceNode(activation, scores.WithTriviaFrom(activation));
    }
}
