using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using TorchAnalyzers.Rules;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Fixes;

/// <summary>Adds <c>RegisterComponents();</c> at the end of the constructors.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MissingRegisterComponentsFix : TorchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(MissingRegisterComponents.Id);

    private protected override SyntaxNode? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        List<ConstructorDeclarationSyntax> constructors = node switch
        {
            ConstructorDeclarationSyntax constructor => [constructor],
            TypeDeclarationSyntax type => [.. ModuleClasses.Constructors(type)],
            _ => [],
        };
        // a constructor that returns early would skip a call at its end
        if (constructors.Count == 0 || constructors.Any(constructor =>
            constructor.Body?.DescendantNodes().OfType<ReturnStatementSyntax>().Any() == true))
        {
            return null;
        }
        return root.ReplaceNodes(constructors, (constructor, _) => WithCall(constructor));
    }

    private static ConstructorDeclarationSyntax WithCall(ConstructorDeclarationSyntax constructor)
    {
        var call = SyntaxFactory.ParseStatement("RegisterComponents();").WithAdditionalAnnotations(Formatter.Annotation);
        if (constructor.Body is { } body)
            return constructor.WithBody(body.AddStatements(call));
        if (constructor.ExpressionBody is not { } arrow)
            return constructor;
        var first = SyntaxFactory.ExpressionStatement(arrow.Expression.WithoutTrivia());
        return constructor.WithExpressionBody(null).WithSemicolonToken(default)
            .WithBody(SyntaxFactory.Block(first, call)).WithAdditionalAnnotations(Formatter.Annotation);
    }
}
