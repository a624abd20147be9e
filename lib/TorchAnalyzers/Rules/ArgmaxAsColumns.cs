using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1019: argmax as an index of columns, for all rows.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ArgmaxAsColumns : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1019";

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "argmax indexes columns for every row",
        "'[.., argmax]' takes these columns in every row, not one element a row; write gather or scatter_ with argmax(…, keepdim: true)",
        Category.Correctness,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch) => context.RegisterSyntaxNodeAction(
        node =>
        {
            var access = (ElementAccessExpressionSyntax)node.Node;
            if (access.ArgumentList.Arguments is not [{ } rows, { } columns] || !IsEverything(rows.Expression) || !torch.IsTensor(node.SemanticModel.GetTypeInfo(access.Expression, node.CancellationToken).Type))
                return;
            var index = columns.Expression is InvocationExpressionSyntax { ArgumentList.Arguments: [{ } inner] } wrapped && wrapped.Name()?.Identifier.ValueText == "Tensor" ? inner.Expression : columns.Expression;
            if (node.SemanticModel.GetOperation(index, node.CancellationToken) is not { } operation || Variables.Resolve(operation) is not IInvocationOperation call)
                return;
            // without a dimension, it is one number
            if (call.TargetMethod.Name is "argmax" or "argmin" && torch.Owns(call.TargetMethod) && call.Argument("dim") is { ConstantValue: { HasValue: true, Value: 1 or 1L or -1 or -1L } }
                && call.Argument("keepdim") is null && Variables.Of(call.Receiver()) is { } source
                && SymbolEqualityComparer.Default.Equals(source, node.SemanticModel.GetSymbolInfo(access.Expression, node.CancellationToken).Symbol))
            {
                node.ReportDiagnostic(Rule.Found(_rule, access.GetLocation(), null, []));
            }
        },
        SyntaxKind.ElementAccessExpression);

    private static bool IsEverything(ExpressionSyntax index) => index switch
    {
        RangeExpressionSyntax { LeftOperand: null, RightOperand: null } => true,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText is "Colon" or "Ellipsis",
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } slice => slice.Name()?.Identifier.ValueText == "Slice",
        _ => false,
    };
}
