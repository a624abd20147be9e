using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1023: a tensor compared with null.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NullComparison : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1023";

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "== null compares the elements of a tensor",
        "'{0} null' calls Tensor's operator, which compares elements, and throws if the tensor is null; write '{1} null'",
        Category.Correctness,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch) => context.RegisterSyntaxNodeAction(
        node =>
        {
            var comparison = (BinaryExpressionSyntax)node.Node;
            if (!comparison.Left.IsKind(SyntaxKind.NullLiteralExpression) && !comparison.Right.IsKind(SyntaxKind.NullLiteralExpression))
                return;
            if (node.SemanticModel.GetSymbolInfo(comparison, node.CancellationToken).Symbol is IMethodSymbol method
                && torch.IsTensor(method.ContainingType) && torch.IsTensor(method.ReturnType))
            {
                var equals = comparison.IsKind(SyntaxKind.EqualsExpression);
                node.ReportDiagnostic(Rule.CreateDiagnostic(_rule, comparison.GetLocation(), "Write 'is null'", equals ? "==" : "!=", equals ? "is" : "is not"));
            }
        },
        SyntaxKind.EqualsExpression,
        SyntaxKind.NotEqualsExpression);
}
