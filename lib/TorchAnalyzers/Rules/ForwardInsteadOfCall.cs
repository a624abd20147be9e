using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1007: <c>forward</c> instead of <c>call</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ForwardInsteadOfCall : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1007";

    private static readonly HashSet<string> _names = ["forward"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "forward does not run hooks",
        "forward() skips the hooks of {0}; call() runs them",
        Category.Training,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch) => OnCalls(
        context,
        _names,
        (call, report) =>
        {
            if (call.Instance is null or IInstanceReferenceOperation || !torch.IsModule(call.Instance.Type)
                || !torch.IsMethod(call.TargetMethod, "forward"))
            {
                return;
            }
            if (HasCall(call.Instance.Type, call.Arguments.Length))
                report(Rule.CreateDiagnostic(_rule, ((InvocationExpressionSyntax)call.Syntax).Name()!.GetLocation(), "Write call", call.Instance.Type!.Name));
        });

    private static bool HasCall(ITypeSymbol? type, int arguments)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers("call").OfType<IMethodSymbol>().Any(method => method.Parameters.Length == arguments))
                return true;
        }
        return false;
    }
}
