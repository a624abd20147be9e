using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using TorchAnalyzers.Rules;

namespace TorchAnalyzers.Fixes;

/// <summary>Replaces <c>item</c> with a conversion method.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ItemOfAnotherTypeFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ItemOfAnotherType.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        // the title contains the method: Write ToInt64()
        var conversion = diagnostic.Properties[Rule.FixTitle]!.Split(' ').Last().TrimEnd('(', ')');
        return root.ReplaceNode(node, SyntaxFactory.IdentifierName(conversion).WithTriviaFrom(node));
    }
}
