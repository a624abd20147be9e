using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1019: argmax as an index that selects the same columns in all rows.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ArgmaxAsColumns : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1019";

    private static readonly HashSet<string> _fills = ["index_fill", "index_fill_"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "argmax selects the same columns in every row",
        "argmax selects all these columns in every row, not one element per row; write gather or scatter_ with argmax(…, keepdim: true)",
        Category.Correctness,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch)
    {
        context.RegisterSyntaxNodeAction(node => OfElements(node, torch), SyntaxKind.ElementAccessExpression);
        // index_fill(1, argmax(1), …) has the same effect
        OnCalls(context, _fills, (call, report) =>
        {
            if (torch.Declares(call.TargetMethod) && Number(call.Argument("dim")) is { } dimension && call.Argument("index") is { } index
                && IsBest(index, torch, out var best) && Number(best.Argument("dim")) == dimension)
            {
                report(Rule.CreateDiagnostic(_rule, call.Syntax.GetLocation(), null, []));
            }
        });
    }

    private static void OfElements(SyntaxNodeAnalysisContext node, TorchSymbols torch)
    {
        var access = (ElementAccessExpressionSyntax)node.Node;
        if (access.ArgumentList.Arguments is not [{ } rows, { } columns] || !IsEverything(rows.Expression)
            || !torch.IsTensor(node.SemanticModel.GetTypeInfo(access.Expression, node.CancellationToken).Type))
        {
            return;
        }
        var index = columns.Expression is InvocationExpressionSyntax { ArgumentList.Arguments: [{ } inner] } wrapped
            && wrapped.Name()?.Identifier.ValueText == "Tensor"
            ? inner.Expression
            : columns.Expression;
        if (node.SemanticModel.GetOperation(index, node.CancellationToken) is { } operation && IsBest(operation, torch, out var best)
            && Number(best.Argument("dim")) is 1 or -1 && Variables.Of(best.Receiver()) is { } source
            && SymbolEqualityComparer.Default.Equals(source, node.SemanticModel.GetSymbolInfo(access.Expression, node.CancellationToken).Symbol))
        {
            node.ReportDiagnostic(Rule.CreateDiagnostic(_rule, access.GetLocation(), null, []));
        }
    }

    // one index per row; without a dimension, the result is one number, and with keepdim, it is meant for gather
    private static bool IsBest(IOperation index, TorchSymbols torch, [NotNullWhen(true)] out IInvocationOperation? best)
    {
        best = Variables.Resolve(index) as IInvocationOperation;
        return best is { TargetMethod.Name: "argmax" or "argmin" } && torch.Declares(best.TargetMethod) && best.Argument("keepdim") is null;
    }

    private static long? Number(IOperation? operation) => operation?.ConstantValue is { HasValue: true, Value: { } value } ? value as long? ?? value as int? : null;

    private static bool IsEverything(ExpressionSyntax index) => index switch
    {
        RangeExpressionSyntax { LeftOperand: null, RightOperand: null } => true,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText is "Colon" or "Ellipsis",
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } slice => slice.Name()?.Identifier.ValueText == "Slice",
        _ => false,
    };
}
