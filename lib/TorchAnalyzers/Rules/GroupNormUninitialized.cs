using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1032: a GroupNorm whose weight and bias nothing initializes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GroupNormUninitialized : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1032";

    private const string Method = "reset_parameters";

    private static readonly HashSet<string> _names = ["GroupNorm"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "GroupNorm is not initialized",
        "TorchSharp does not initialize the weight and bias of GroupNorm; {0}",
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
            // a later version of TorchSharp may have the method, and initialize the layer
            if (!torch.Declares(call.TargetMethod) || call.Type is not INamedTypeSymbol layer || !torch.IsModule(layer) || layer.GetMembers(Method).Any())
                return;
            if (call.Argument("affine") is { ConstantValue: { HasValue: true, Value: false } } || new Initializations(layer, call.SemanticModel!, torch).Of(call.Syntax))
                return;
            var (advice, fix) = HasMethod(layer, call)
                ? ($"call {Method}()", $"Call {Method}()")
                : ("fill them with torch.nn.init.ones_(layer.weight) and torch.nn.init.zeros_(layer.bias)", null);
            report(Rule.CreateDiagnostic(_rule, call.Syntax.GetLocation(), fix, advice));
        });

    // the extension of TorchExtras
    private static bool HasMethod(INamedTypeSymbol layer, IOperation place)
    {
        var call = SyntaxFactory.ParseExpression($"default({layer.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}).{Method}()");
        return place.SemanticModel!.GetSpeculativeSymbolInfo(place.Syntax.SpanStart, call, SpeculativeBindingOption.BindAsExpression).Symbol is not null;
    }
}
