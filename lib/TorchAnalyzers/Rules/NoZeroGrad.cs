using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1008: backward and step in a loop without zero_grad.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NoZeroGrad : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1008";

    private static readonly HashSet<string> _names = ["backward"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "Gradients are never set to zero",
        "The loop calls backward() and step() but never zero_grad(): gradients accumulate, and each step uses the sum of all previous gradients",
        Category.Training,
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
            if (!torch.IsTensor(call.TargetMethod.ContainingType) || Regions.Loops(call.Syntax).ToList() is not [{ } inner, ..] loops)
                return;
            var model = call.SemanticModel!;
            var steps = Regions.Calls(inner, "step").Where(step => Regions.Receiver(step) is { } receiver
                && torch.IsOptimizer(model.GetTypeInfo(receiver).Type)).ToList();
            if (steps.Count == 0 || loops.Any(loop => Regions.Mentions(loop, "zero_grad", "grad", "set_to_none")))
                return;
            var optimizer = Regions.Receiver(steps[0])!.ToString();
            if (!loops.Any(loop => MayClear(loop, optimizer, model, depth: 0)))
                report(Rule.CreateDiagnostic(_rule, call.Syntax.GetLocation(), "Call zero_grad before backward", []));
        });

    // a called method may call zero_grad
    private static bool MayClear(SyntaxNode part, string optimizer, SemanticModel model, int depth)
    {
        foreach (var call in Regions.Nodes(part).OfType<InvocationExpressionSyntax>())
        {
            if (call.ArgumentList.Arguments.Any(argument => argument.Expression.ToString() == optimizer))
                return true;
            if (call.SyntaxTree != model.SyntaxTree || model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
                continue;
            if (method.MethodKind == MethodKind.DelegateInvoke)
                return true;
            foreach (var reference in method.DeclaringSyntaxReferences)
            {
                var body = reference.GetSyntax();
                if (Regions.Mentions(body, "zero_grad", "grad") || depth < 2 && body.SyntaxTree == model.SyntaxTree
                    && MayClear(body, optimizer, model, depth + 1))
                {
                    return true;
                }
            }
        }
        return false;
    }
}
