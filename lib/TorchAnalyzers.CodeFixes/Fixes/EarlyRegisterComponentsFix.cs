using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using TorchAnalyzers.Rules;

namespace TorchAnalyzers.Fixes;

/// <summary>Moves the call of RegisterComponents to the end of the constructor.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class EarlyRegisterComponentsFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(EarlyRegisterComponents.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Parent: BlockSyntax block } call)
            return null;
        var moved = block.RemoveNode(call, SyntaxRemoveOptions.KeepNoTrivia)!.AddStatements(call.WithAdditionalAnnotations(Formatter.Annotation));
        return root.ReplaceNode(block, moved);
    }
}
