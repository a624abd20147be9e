using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1022: a DataLoader that shuffles without a seed, in a file that calls manual_seed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnseededShuffle : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1022";

    private static readonly HashSet<string> _names = ["DataLoader"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The order of the batches ignores manual_seed",
        "DataLoader shuffles with its own random generator, which manual_seed does not seed; pass seed: to get the same order in each run",
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
            if (torch.Declares(call.TargetMethod) && call.Argument("shuffle") is { ConstantValue: { HasValue: true, Value: true } } argument
                && call.Argument("seed") is null
                && call.TargetMethod.Parameters.Any(parameter => parameter.Name == "seed") && Regions.FileMentions(call.Syntax, "manual_seed"))
            {
                report(Rule.CreateDiagnostic(_rule, argument.Syntax.FirstAncestorOrSelf<ArgumentSyntax>()!.GetLocation(), null, []));
            }
        });
}
