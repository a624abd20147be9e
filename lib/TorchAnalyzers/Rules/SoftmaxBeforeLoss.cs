using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1016: softmax before a loss that has one inside.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SoftmaxBeforeLoss : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1016";

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The loss computes the softmax itself",
        "{0}",
        Category.Training,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch) => OnCalls(
        context,
        Losses.Names,
        (call, report) =>
        {
            if (Losses.OfClasses(call, torch) is not { } loss || !IsSoftmax(loss.Input, torch))
                return;
            var isLikelihood = loss.Name is "nll_loss" or "NLLLoss";
            var message = isLikelihood
                ? $"{loss.Name} takes log-probabilities, and this is a softmax; write log_softmax"
                : $"{loss.Name} computes the softmax itself: with another one before it the loss cannot fall to 0; pass the scores";
            var direct = !isLikelihood && loss.Input is IInvocationOperation { TargetMethod.Name: "softmax" };
            report(Rule.Found(_rule, loss.Input.Syntax.GetLocation(), direct ? "Pass the scores" : null, message));
        });

    private static bool IsSoftmax(IOperation input, TorchSymbols torch)
    {
        if (Variables.Resolve(input) is not IInvocationOperation call || !torch.IsTensor(call.Type))
            return false;
        if (call.TargetMethod.Name == "softmax" && torch.Owns(call.TargetMethod))
            return true;
        if (call.TargetMethod.Name is not ("call" or "forward") || call.Instance is null || !torch.IsModule(call.Instance.Type))
            return false;
        var module = Variables.Resolve(call.Instance);
        return module.Type is { Name: "Softmax" } type && torch.Owns(type) || EndsInSoftmax(module, torch)
            || ReturnsSoftmax(call.Instance.Type, torch);
    }

    // Sequential(…, Softmax(1))
    private static bool EndsInSoftmax(IOperation module, TorchSymbols torch) =>
        module is IInvocationOperation { TargetMethod.Name: "Sequential" } call && torch.Owns(call.TargetMethod)
        && ((InvocationExpressionSyntax)call.Syntax).ArgumentList.Arguments.LastOrDefault()?.Expression is { } last
        && (last is TupleExpressionSyntax { Arguments: [_, { } second] } ? second.Expression : last) is InvocationExpressionSyntax child
        && child.Name()?.Identifier.ValueText == "Softmax";

    // a class of this source whose forward returns softmax(…)
    private static bool ReturnsSoftmax(ITypeSymbol? type, TorchSymbols torch)
    {
        if (type is null || torch.Owns(type))
            return false;
        var forward = type.GetMembers("forward").OfType<IMethodSymbol>().FirstOrDefault(method => method.IsOverride);
        if (forward?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not MethodDeclarationSyntax method)
            return false;
        var returned = method.ExpressionBody is { } arrow
            ? [arrow.Expression]
            : method.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax)
            .OfType<ReturnStatementSyntax>().Select(statement => statement.Expression).ToList();
        return returned.Count > 0 && returned.All(value => value is InvocationExpressionSyntax call
            && call.Name()?.Identifier.ValueText == "softmax");
    }
}
