using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using TorchAnalyzers.Rules;

namespace TorchAnalyzers.Fixes;

/// <summary>Replaces the list with a ModuleList, which registers its elements.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class LayersInListFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(LayersInList.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<VariableDeclarationSyntax>() is not { Type: GenericNameSyntax type, Variables: [{ Initializer: { } initializer }] } declaration)
            return null;
        var list = SyntaxFactory.GenericName(SyntaxFactory.Identifier("ModuleList"), type.TypeArgumentList.WithoutTrivia());
        var full = SyntaxFactory.ParseTypeName("TorchSharp.Modules." + list).WithAdditionalAnnotations(Simplifier.Annotation).WithTriviaFrom(type);
        var created = SyntaxFactory.ParseExpression("new()").WithTriviaFrom(initializer.Value);
        return root.ReplaceNodes([type, initializer.Value], (old, _) => old == type ? full : created);
    }
}
