using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1017: losses that are summed as tensors.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LossSummedAsTensor : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1017";

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "Summing losses as tensors keeps their graphs",
        "{0} has a graph: the sum keeps the graphs of all steps in memory; add {0}.item<float>() or {0}.detach()",
        Category.Memory,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch) => context.RegisterSyntaxNodeAction(
        node =>
        {
            var (kept, target) = Sum(node.Node);
            if (kept is not IdentifierNameSyntax loss || target is not IdentifierNameSyntax sum
                || Regions.Loops(node.Node).FirstOrDefault() is not { } loop)
            {
                return;
            }
            // check the names first, because most sums are not sums of losses
            if (!Regions.Calls(loop, "backward").Any(backward => Regions.IsOn(backward, loss.Identifier.ValueText)))
                return;
            var model = node.SemanticModel;
            if (!torch.IsTensor(model.GetTypeInfo(loss, node.CancellationToken).Type)
                || !Holds(model.GetTypeInfo(sum, node.CancellationToken).Type, torch)
                || model.GetSymbolInfo(sum, node.CancellationToken).Symbol is not { } symbol || !Regions.IsOutside(symbol, loop))
            {
                return;
            }
            // a sum whose backward is called needs the graphs
            if (!Regions.Calls(Regions.Function(loop), "backward").Any(backward => Regions.IsOn(backward, sum.Identifier.ValueText)))
                node.ReportDiagnostic(Rule.CreateDiagnostic(_rule, loss.GetLocation(), "Detach the loss", loss.Identifier.ValueText));
        },
        SyntaxKind.AddAssignmentExpression,
        SyntaxKind.SimpleAssignmentExpression,
        SyntaxKind.InvocationExpression);

    // total += loss, total = total + loss, losses.Add(loss)
    private static (ExpressionSyntax? Kept, ExpressionSyntax? Target) Sum(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } sum => (sum.Right, sum.Left),
        AssignmentExpressionSyntax { Right: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum } assignment when sum.Left.ToString() == assignment.Left.ToString() =>
            (sum.Right, assignment.Left),
        InvocationExpressionSyntax { ArgumentList.Arguments: [{ } only] } add when add.Name()?.Identifier.ValueText == "Add" =>
            (only.Expression, Regions.Receiver(add)),
        _ => (null, null),
    };

    private static bool Holds(ITypeSymbol? type, TorchSymbols torch) => torch.IsTensor(type)
        || type is INamedTypeSymbol { TypeArguments: [{ } element] } && torch.IsTensor(element);
}
