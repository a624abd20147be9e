using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1017: losses that are added up as tensors.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LossSummedAsTensor : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1017";

    private static readonly HashSet<string> _names = ["backward"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "Adding up losses as tensors keeps their graphs",
        "{0} is part of a graph: adding it up keeps the graphs of all steps in memory; add {0}.item<float>(), or {0}.detach()",
        Category.Memory,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch) => OnCalls(
        context,
        _names,
        (call, report) =>
        {
            if (!torch.IsTensor(call.TargetMethod.ContainingType) || Variables.Of(call.Instance) is not { } loss || Regions.Loops(call.Syntax).FirstOrDefault() is not { } loop)
                return;
            var model = call.SemanticModel!;
            foreach (var node in Regions.Nodes(loop))
            {
                var (kept, target) = node switch
                {
                    AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } sum => (sum.Right, sum.Left),
                    AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum } assignment
                        when sum.Left.ToString() == assignment.Left.ToString() => (sum.Right, assignment.Left),
                    InvocationExpressionSyntax { ArgumentList.Arguments: [{ } only] } add when add.Name()?.Identifier.ValueText == "Add" => (only.Expression, Regions.Receiver(add)),
                    _ => (null, null),
                };
                if (kept is not IdentifierNameSyntax name || target is not IdentifierNameSyntax sumName || name.Identifier.ValueText != loss.Name
                    || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, loss) || model.GetSymbolInfo(sumName).Symbol is not { } sumSymbol
                    || !Regions.IsOutside(sumSymbol, loop) || !Holds(model.GetTypeInfo(sumName).Type, torch))
                {
                    continue;
                }
                // a sum that is itself differentiated needs the graphs
                if (!Regions.Calls(Regions.Function(loop), "backward").Any(backward => Regions.IsOn(backward, sumName.Identifier.ValueText)))
                    report(Rule.Found(_rule, name.GetLocation(), "Detach the loss", loss.Name));
            }
        });

    private static bool Holds(ITypeSymbol? type, TorchSymbols torch) => torch.IsTensor(type) || type is INamedTypeSymbol { TypeArguments: [{ } element] } && torch.IsTensor(element);
}
