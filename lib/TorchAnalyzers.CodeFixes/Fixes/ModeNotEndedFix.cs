using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TorchAnalyzers.Rules;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Fixes;

/// <summary>Ends the mode at the end of the block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ModeNotEndedFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ModeNotEnded.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call || call.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
            return null;
        if (statement is LocalDeclarationStatementSyntax local)
            return root.ReplaceNode(local, SyntaxFactory.ParseStatement($"using {local.WithoutTrivia()}").WithTriviaFrom(local));
        var declaration = SyntaxFactory.ParseStatement($"using var {Name(call, root)} = {call.WithoutTrivia()};");
        return root.ReplaceNode(statement, declaration.WithTriviaFrom(statement));
    }

    // a name that is unused in the file, and different for each call of a method, so that all can be fixed at once
    private static string Name(InvocationExpressionSyntax call, SyntaxNode root)
    {
        var method = call.Name()!.Identifier.ValueText;
        var words = method.Split('_');
        var name = words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
        var number = Regions.Calls(root, method).TakeWhile(other => other != call).Count(other => other.Parent is ExpressionStatementSyntax or AssignmentExpressionSyntax);
        var taken = new HashSet<string>(root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText), StringComparer.Ordinal);
        for (var next = number; ; next++)
        {
            var unique = next == 0 ? name : $"{name}{next + 1}";
            if (!taken.Contains(unique))
                return unique;
        }
    }
}
