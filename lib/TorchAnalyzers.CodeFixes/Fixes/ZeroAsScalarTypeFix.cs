using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TorchAnalyzers.Rules;

namespace TorchAnalyzers.Fixes;

/// <summary>Replaces the literal 0 with <c>dim: 0</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ZeroAsScalarTypeFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ZeroAsScalarType.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<ArgumentSyntax>() is not { } argument)
            return null;
        var named = argument.WithoutLeadingTrivia()
            .WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName("dim")).WithTrailingTrivia(SyntaxFactory.Space))
            .WithLeadingTrivia(argument.GetLeadingTrivia());
        return root.ReplaceNode(argument, named);
    }
}
