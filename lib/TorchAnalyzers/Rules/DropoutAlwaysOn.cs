using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1030: dropout in a module that ignores the module's mode.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DropoutAlwaysOn : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1030";

    private static readonly HashSet<string> _names = ["dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout", "feature_alpha_dropout"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "Dropout ignores train and eval",
        "{0}",
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
            var method = call.TargetMethod;
            if (!torch.Declares(method) || method.ContainingType.Name != "functional" || call.Argument("training") is not null
                || method.Parameters.FirstOrDefault(parameter => parameter.Name == "training") is not { HasExplicitDefaultValue: true, ExplicitDefaultValue: bool isOn })
            {
                return;
            }
            if (!IsInModule(call.Syntax, call.SemanticModel!, torch))
                return;
            var message = isOn
                ? $"{method.Name} also drops elements after eval(): 'training' is true by default; write 'training: training'"
                : $"{method.Name} never drops elements: 'training' is false by default; write 'training: training'";
            report(Rule.CreateDiagnostic(_rule, ((InvocationExpressionSyntax)call.Syntax).Name()!.GetLocation(), "Write 'training: training'", message));
        });

    // in an instance member of a module, which has the property 'training'
    private static bool IsInModule(SyntaxNode place, SemanticModel model, TorchSymbols torch)
    {
        var symbol = model.GetEnclosingSymbol(place.SpanStart);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.LambdaMethod or MethodKind.LocalFunction, IsStatic: false })
            symbol = symbol.ContainingSymbol;
        return symbol is { IsStatic: false } and not IFieldSymbol && torch.IsModule(symbol.ContainingType);
    }
}
