using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1002: a variance of all elements that ignores <c>unbiased: false</c>, and torch.var_mean, which returns the standard deviation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnbiasedIgnored : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1002";

    private static readonly HashSet<string> _names = ["var", "var_mean"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The call does not return the requested variance",
        "{0}",
        Category.Correctness,
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
            var method = call.TargetMethod;
            if (!torch.Declares(method) || !torch.IsTensor(method.ContainingType)
                && !SymbolEqualityComparer.Default.Equals(method.ContainingType, torch.Torch))
            {
                return;
            }
            if (method.Name == "var_mean")
            {
                if (method.IsStatic && !method.Parameters.Any(parameter => parameter.Name is "dimensions" or "dim"))
                    report(Rule.CreateDiagnostic(_rule, call.Syntax.GetLocation(), null, "torch.var_mean(x) returns the standard deviation instead of the variance; write x.var_mean()"));
                return;
            }
            // the overloads with dimensions respect it
            if (method.Parameters.Any(parameter => parameter.Name is "dimensions" or "dim"))
                return;
            if (call.Argument("unbiased") is { ConstantValue: { HasValue: true, Value: false } })
            {
                report(Rule.CreateDiagnostic(
                    _rule, call.Syntax.GetLocation(), "Take the square of std",
                    "var() of all elements ignores unbiased: false and divides by n - 1; write std(unbiased: false).square()"));
            }
        });
}
