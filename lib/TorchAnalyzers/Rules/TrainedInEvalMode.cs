using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1010: training that continues in evaluation mode.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrainedInEvalMode : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1010";

    private static readonly HashSet<string> _names = ["eval"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "Training continues in evaluation mode",
        "{0} is trained after {0}.eval() without a call of {0}.train(): Dropout and BatchNorm stay in evaluation mode",
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
            if (!torch.IsModule(call.TargetMethod.ContainingType) || !torch.IsMethod(call.TargetMethod, "eval"))
                return;
            var syntax = (InvocationExpressionSyntax)call.Syntax;
            if (Regions.Receiver(syntax) is not IdentifierNameSyntax { Identifier.ValueText: var name })
                return;
            var function = Regions.Function(syntax);
            if (!Modes.IsOptimized(Regions.Member(syntax), name))
                return;
            foreach (var backward in Regions.Calls(function, "backward"))
            {
                if (Regions.Function(backward) != function || Regions.Loops(backward).FirstOrDefault() is not { } loop
                    || !Regions.Calls(loop, "call").Any(run => Regions.IsOn(run, name)))
                {
                    continue;
                }
                // an epoch that trains and then evaluates: the next epoch needs another train()
                var epoch = Regions.Loops(backward).LastOrDefault(outer => outer.Span.Contains(syntax.Span));
                var between = epoch ?? (syntax.Span.End < loop.SpanStart ? function : null);
                if (between is null || loop.Span.Contains(syntax.Span))
                    continue;
                // in an if, eval() may belong to another path through the program
                var common = syntax.Ancestors().First(ancestor => ancestor.Span.Contains(loop.Span));
                if (common is IfStatementSyntax || syntax.Ancestors().TakeWhile(ancestor => ancestor != common)
                    .Any(ancestor => ancestor is IfStatementSyntax or ElseClauseSyntax or SwitchSectionSyntax))
                {
                    continue;
                }
                var start = epoch is null ? syntax.Span.End : epoch.SpanStart;
                if (Regions.Nodes(between).OfType<InvocationExpressionSyntax>()
                    .Any(other => other.SpanStart >= start && IsBackToTraining(other, name)))
                {
                    continue;
                }
                report(Rule.CreateDiagnostic(_rule, syntax.GetLocation(), null, name));
                return;
            }
        });

    // by name, or in a function that receives the model
    private static bool IsBackToTraining(InvocationExpressionSyntax call, string model) =>
        call.Name()?.Identifier.ValueText == "train" && Regions.IsOn(call, model)
        || call.ArgumentList.Arguments.Any(argument => argument.Expression.ToString() == model);
}
