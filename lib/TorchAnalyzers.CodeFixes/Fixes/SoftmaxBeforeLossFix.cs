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
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>(call => call.Name()?.Identifier.ValueText == "softmax") is not { } softmax)
            return null;
        // x.softmax(1) has its scores before the dot, F.softmax(x, 1) as its argument
        var arguments = softmax.ArgumentList.Arguments;
        var scores = arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == "input")?.Expression
            ?? (arguments.Count(argument => argument.NameColon?.Name.Identifier.ValueText != "dtype") > 1 ? arguments[0].Expression : Regions.Receiver(softmax));
        return scores is null ? null : root.ReplaceNode(softmax, scores.WithTriviaFrom(softmax));
    }
}
