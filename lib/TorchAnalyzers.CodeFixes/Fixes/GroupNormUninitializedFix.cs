using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TorchAnalyzers.Rules;

namespace TorchAnalyzers.Fixes;

/// <summary>Appends <c>reset_parameters()</c> to the creation of the layer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class GroupNormUninitializedFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(GroupNormUninitialized.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic) =>
        node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call ? root.ReplaceNode(call, Write.Call(call, "reset_parameters")) : null;
}
