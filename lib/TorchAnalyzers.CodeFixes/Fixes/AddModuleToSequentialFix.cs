using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using TorchAnalyzers.Rules;

namespace TorchAnalyzers.Fixes;

/// <summary>Replaces the method with <c>append</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AddModuleToSequentialFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(AddModuleToSequential.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic) =>
        root.ReplaceNode(node, SyntaxFactory.IdentifierName("append").WithTriviaFrom(node));
}
