using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1027: BatchNorm in training mode with one value per channel.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BatchNormOfOneSample : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1027";

    private static readonly HashSet<string> _names = ["call", "forward"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "BatchNorm gets one value per channel",
        "{0} gets one value per channel: in training mode, running_var becomes NaN; pass more samples, or call eval() first",
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
            if (call.Instance is not { } module || !torch.IsModule(module.Type) || call.Arguments.Length != 1 || call.At(0) is not { } input || !torch.IsTensor(input.Type))
                return;
            if (Shapes.Of(input, torch) is not { Sizes: { } } shape || Layers.OfOneValue(module, shape, torch) is not [{ } layer, ..])
                return;
            // the rule does not track the mode from statement to statement
            if (!EarlierCells.Mention(module, layer, "eval", "train"))
                report(Rule.CreateDiagnostic(_rule, input.Syntax.GetLocation(), null, layer.TargetMethod.Name));
        });
}
