using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
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

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch)
    {
        OnCalls(context, _names, (call, report) => Examine(call.TargetMethod, call.Arguments, torch, report));
        context.RegisterSyntaxNodeAction(
            node =>
            {
                if (((BaseObjectCreationExpressionSyntax)node.Node).ArgumentList?.Arguments.Count > 2
                    && node.SemanticModel.GetOperation(node.Node, node.CancellationToken) is IObjectCreationOperation { Constructor: { ContainingType.Name: "DataLoader" } constructor } creation)
                {
                    Examine(constructor, creation.Arguments, torch, node.ReportDiagnostic);
                }
            },
            SyntaxKind.ObjectCreationExpression,
            SyntaxKind.ImplicitObjectCreationExpression);
    }

    private static void Examine(IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments, TorchSymbols torch, Action<Diagnostic> report)
    {
        IArgumentOperation? Explicit(string parameter) => arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter && argument.ArgumentKind == ArgumentKind.Explicit);
        if (torch.Declares(method) && Explicit("shuffle") is { Value.ConstantValue: { HasValue: true, Value: true } } shuffle && Explicit("seed") is null
            && method.Parameters.Any(parameter => parameter.Name == "seed") && Regions.FileMentions(shuffle.Syntax, "manual_seed"))
        {
            report(Rule.CreateDiagnostic(_rule, shuffle.Syntax.GetLocation(), null, []));
        }
    }
}
