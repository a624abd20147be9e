using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1028: an exception in the backward of a custom function.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThrowInBackward : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1028";

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "An exception in backward ends the process",
        "An exception that passes through libtorch ends the process; catch it in backward, and throw it after the call of backward() returns",
        Category.Correctness,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch) => context.RegisterSyntaxNodeAction(
        node =>
        {
            var method = (MethodDeclarationSyntax)node.Node;
            if (method.Identifier.ValueText != "backward" || !method.Modifiers.Any(SyntaxKind.OverrideKeyword))
                return;
            var called = Uncaught(method).OfType<InvocationExpressionSyntax>().Select(call => (call.Expression as IdentifierNameSyntax)?.Identifier.ValueText).ToList();
            var functions = method.DescendantNodes().OfType<LocalFunctionStatementSyntax>().Where(function => called.Contains(function.Identifier.ValueText));
            var thrown = Uncaught(method).Concat(functions.SelectMany(Uncaught)).Where(Throws).ToList();
            if (thrown.Count == 0 || node.SemanticModel.GetDeclaredSymbol(method, node.CancellationToken) is not { } symbol || !IsOfAutograd(symbol, torch))
                return;
            foreach (var place in thrown)
                node.ReportDiagnostic(Rule.CreateDiagnostic(_rule, place.GetLocation(), null));
        },
        SyntaxKind.MethodDeclaration);

    // the nodes of a function, without its lambdas and local functions, that are not in a try with a catch
    private static IEnumerable<SyntaxNode> Uncaught(SyntaxNode function) => function
        .DescendantNodes(child => child == function || child is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .Where(child => !IsCaught(child, function));

    // throw, and ArgumentNullException.ThrowIfNull(x)
    private static bool Throws(SyntaxNode node) => node is ThrowStatementSyntax or ThrowExpressionSyntax
        || node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var type } } call
        && call.Name()!.Identifier.ValueText.StartsWith("ThrowIf", StringComparison.Ordinal) && type.ToString().EndsWith("Exception", StringComparison.Ordinal);

    private static bool IsCaught(SyntaxNode thrown, SyntaxNode method) => thrown.Ancestors().TakeWhile(ancestor => ancestor != method)
        .Any(ancestor => ancestor is TryStatementSyntax { Catches.Count: > 0 } attempt && attempt.Block.Span.Contains(thrown.Span));

    private static bool IsOfAutograd(IMethodSymbol method, TorchSymbols torch)
    {
        while (method.OverriddenMethod is { } overridden)
            method = overridden;
        return torch.Declares(method) && method.ContainingType.ContainingType?.Name == "autograd";
    }
}
