using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1021: training data that is not shuffled.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnshuffledTraining : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1021";

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The training data is not shuffled",
        "'{0}' returns its samples in the same order in each epoch: trained on sorted data, a model mostly predicts the last class; pass shuffle: true",
        Category.Training,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch) => context.RegisterSyntaxNodeAction(
        node =>
        {
            foreach (var (name, value) in NamedValues.Of(node.Node))
            {
                // evaluation on the training data does not need shuffling
                if (name.TrimStart('_').StartsWith("train", StringComparison.OrdinalIgnoreCase)
                    && IsUnshuffled(node.SemanticModel.GetOperation(value, node.CancellationToken), torch) && Regions.FileMentions(value, "backward"))
                {
                    node.ReportDiagnostic(Rule.CreateDiagnostic(_rule, value.GetLocation(), null, name));
                }
            }
        },
        NamedValues.Kinds);

    private static bool IsUnshuffled(IOperation? value, TorchSymbols torch)
    {
        var (method, arguments) = value?.Unwrap() switch
        {
            IInvocationOperation invocation => (invocation.TargetMethod, invocation.Arguments),
            IObjectCreationOperation creation => (creation.Constructor, creation.Arguments),
            _ => (null, ImmutableArray<IArgumentOperation>.Empty),
        };
        return method is not null && torch.Declares(method)
            && (method.Name == "DataLoader" || method.ContainingType.Name == "DataLoader" && method.MethodKind == MethodKind.Constructor)
            && !arguments.Any(argument => argument.Parameter?.Name is "shuffle" or "shuffler" && argument.ArgumentKind == ArgumentKind.Explicit);
    }
}
