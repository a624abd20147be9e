using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TorchAnalyzers.Rules;

namespace TorchAnalyzers.Fixes;

/// <summary>Passes the mode of the module to dropout.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class DropoutAlwaysOnFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DropoutAlwaysOn.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call)
            return null;
        var mode = SyntaxFactory.Argument(SyntaxFactory.IdentifierName("training"))
            .WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName("training")).WithTrailingTrivia(SyntaxFactory.Space));
        var list = call.ArgumentList.Arguments;
        var separators = list.GetSeparators().Append(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
        var arguments = SyntaxFactory.SeparatedList(list.Append(mode), separators.Take(list.Count));
        return root.ReplaceNode(call.ArgumentList, call.ArgumentList.WithArguments(arguments));
    }
}
