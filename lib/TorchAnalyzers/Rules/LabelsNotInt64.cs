using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1015: class labels of cross-entropy that are not Int64.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LabelsNotInt64 : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1015";

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "Class labels must be Int64",
        "The labels are {0}, but {1} requires Int64: it throws an exception; write .to(torch.int64)",
        Category.Correctness,
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
            // libtorch also accepts Byte
            if (Losses.OfClasses(call, torch) is { } loss && DTypes.Of(loss.Target, torch) is ("Int32" or "Int16" or "Int8" or "Bool") and var type)
                report(Rule.CreateDiagnostic(_rule, loss.Target.Syntax.GetLocation(), "Convert the labels to Int64", type, loss.Name));
        });
}
