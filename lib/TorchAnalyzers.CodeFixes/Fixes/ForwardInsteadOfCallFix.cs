using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using TorchAnalyzers.Rules;

namespace TorchAnalyzers.Fixes;

/// <summary>Replaces <c>forward</c> with <c>call</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ForwardInsteadOfCallFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ForwardInsteadOfCall.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic) =>
        root.ReplaceNode(node, SyntaxFactory.IdentifierName("call").WithTriviaFrom(node));
}
