using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1024: add_module on a Sequential, which does not run the added module.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AddModuleToSequential : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1024";

    private static readonly HashSet<string> _names = ["add_module", "register_module"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "add_module does not append a module to a Sequential",
        "{0}() registers the module but does not append it: the Sequential never runs it; write append",
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
            if (call.Instance is { } instance and not IInstanceReferenceOperation && torch.Declares(call.TargetMethod)
                && instance.Type is { Name: "Sequential" } type && torch.Declares(type))
            {
                report(Rule.CreateDiagnostic(_rule, ((InvocationExpressionSyntax)call.Syntax).Name()!.GetLocation(), "Write append", call.TargetMethod.Name));
            }
        });
}
