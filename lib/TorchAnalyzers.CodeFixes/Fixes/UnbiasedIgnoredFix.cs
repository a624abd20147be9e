using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TorchAnalyzers.Rules;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Fixes;

/// <summary>Squares the standard deviation, which respects <c>unbiased: false</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class UnbiasedIgnoredFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnbiasedIgnored.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call || call.Name() is not { } name)
            return null;
        var deviation = call.ReplaceNode(name, SyntaxFactory.IdentifierName("std")).WithoutTrivia();
        return root.ReplaceNode(call, Write.Call(deviation, "square").WithTriviaFrom(call));
    }
}
