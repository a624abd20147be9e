using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1016: softmax or sigmoid before a loss that computes it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SoftmaxBeforeLoss : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1016";

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The loss already computes softmax or sigmoid",
        "{0}",
        Category.Training,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch)
    {
        OnCalls(context, Losses.Names, (call, report) => OfClasses(call, torch, report));
        OnCalls(context, Losses.BinaryNames, (call, report) => OfScores(call, torch, report));
    }

    private static void OfClasses(IInvocationOperation call, TorchSymbols torch, Action<Diagnostic> report)
    {
        if (Losses.OfClasses(call, torch) is not { } loss || !IsActivation(loss.Input, "softmax", torch))
            return;
        if (loss.Name is "nll_loss" or "NLLLoss")
            report(Rule.CreateDiagnostic(_rule, loss.Input.Syntax.GetLocation(), null, $"{loss.Name} expects log-probabilities, but the input is a softmax; write log_softmax"));
        else
            Report(loss.Name, loss.Input, "softmax", report);
    }

    private static void OfScores(IInvocationOperation call, TorchSymbols torch, Action<Diagnostic> report)
    {
        if (Losses.OfScores(call, torch) is { } loss && IsActivation(loss.Input, "sigmoid", torch))
            Report(loss.Name, loss.Input, "sigmoid", report);
    }

    private static void Report(string loss, IOperation input, string activation, Action<Diagnostic> report)
    {
        var direct = input is IInvocationOperation call && call.TargetMethod.Name == activation;
        report(Rule.CreateDiagnostic(_rule, input.Syntax.GetLocation(), direct ? "Pass the scores" : null,
            $"{loss} already computes {activation}: with another {activation} before it, the loss cannot reach 0; pass the scores"));
    }

    private static bool IsActivation(IOperation input, string activation, TorchSymbols torch)
    {
        if (Variables.Resolve(input) is not IInvocationOperation call || !torch.IsTensor(call.Type))
            return false;
        if (call.TargetMethod.Name == activation && torch.Declares(call.TargetMethod))
            return true;
        if (call.TargetMethod.Name is not ("call" or "forward") || call.Instance is null || !torch.IsModule(call.Instance.Type))
            return false;
        var module = Variables.Resolve(call.Instance);
        var layer = activation == "softmax" ? "Softmax" : "Sigmoid";
        return module.Type is { } type && type.Name == layer && torch.Declares(type) || EndsIn(layer, module, torch)
            || Returns(activation, call.Instance.Type, torch);
    }

    // Sequential(…, Softmax(1))
    private static bool EndsIn(string layer, IOperation module, TorchSymbols torch) =>
        module is IInvocationOperation { TargetMethod.Name: "Sequential" } call && torch.Declares(call.TargetMethod)
        && ((InvocationExpressionSyntax)call.Syntax).ArgumentList.Arguments.LastOrDefault()?.Expression is { } last
        && (last is TupleExpressionSyntax { Arguments: [_, { } second] } ? second.Expression : last) is InvocationExpressionSyntax child
        && child.Name()?.Identifier.ValueText == layer;

    // a class of this source whose forward returns softmax(…)
    private static bool Returns(string activation, ITypeSymbol? type, TorchSymbols torch)
    {
        if (type is null || torch.Declares(type))
            return false;
        var forward = type.GetMembers("forward").OfType<IMethodSymbol>().FirstOrDefault(method => method.IsOverride);
        if (forward?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not MethodDeclarationSyntax method)
            return false;
        var returned = method.ExpressionBody is { } arrow
            ? [arrow.Expression]
            : method.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax)
            .OfType<ReturnStatementSyntax>().Select(statement => statement.Expression).ToList();
        return returned.Count > 0 && returned.All(value => value is InvocationExpressionSyntax call
            && call.Name()?.Identifier.ValueText == activation);
    }
}
