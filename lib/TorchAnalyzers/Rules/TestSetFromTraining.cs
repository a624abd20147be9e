using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1020: a test set that is loaded from the training data.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TestSetFromTraining : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1020";

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The test set is the training data",
        "'{0}' is loaded with train: true: its accuracy does not show how the model performs on new data; write train: false",
        Category.Training,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch) => context.RegisterSyntaxNodeAction(
        node =>
        {
            foreach (var (name, value) in NamedValues.Of(node.Node))
            {
                if (!name.TrimStart('_').StartsWith("test", StringComparison.OrdinalIgnoreCase))
                    continue;
                // including calls on the result: Load(train: true).Normalized()
                foreach (var call in value.DescendantNodesAndSelf(child => child is not AnonymousFunctionExpressionSyntax)
                    .OfType<InvocationExpressionSyntax>())
                {
                    if (node.SemanticModel.GetOperation(call, node.CancellationToken) is IInvocationOperation operation
                        && operation.Argument("train") is { ConstantValue: { HasValue: true, Value: true } } argument)
                    {
                        node.ReportDiagnostic(Rule.CreateDiagnostic(_rule, argument.Syntax.GetLocation(), null, name));
                    }
                }
            }
        },
        NamedValues.Kinds);
}
