using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1001: the literal 0 as a value of the enum ScalarType, as in <c>t.sum(0)</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ZeroAsScalarType : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1001";

    // the reductions with an overload for all elements and one for a dimension; any() and all() have no type parameter
    private static readonly HashSet<string> _reductions = ["sum", "prod", "nansum", "mean", "nanmean", "cumsum", "cumprod", "logcumsumexp",
        "any", "all"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The literal 0 is converted to ScalarType",
        "{0}(0) converts 0 to ScalarType.Byte: the result includes all elements and has the type Byte; write '{0}(dim: 0)' for the first dimension",
        Category.Correctness,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch) => OnCalls(
        context,
        _reductions,
        (call, report) =>
        {
            if (!torch.Declares(call.TargetMethod) || !HasDimension(call.TargetMethod))
                return;
            foreach (var argument in call.Arguments)
            {
                if (argument.ArgumentKind == ArgumentKind.Explicit && torch.IsScalarType(argument.Parameter?.Type) && IsZero(argument.Value))
                    report(Rule.CreateDiagnostic(_rule, argument.Syntax.GetLocation(), "Write 'dim: 0'", call.TargetMethod.Name));
            }
        });

    // an explicit cast is intended
    private static bool IsZero(IOperation value)
    {
        while (value is IConversionOperation { IsImplicit: true } conversion)
            value = conversion.Operand;
        return value.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64
            && value.ConstantValue is { HasValue: true, Value: 0 or 0L };
    }

    private static bool HasDimension(IMethodSymbol method) => method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
        .Any(other => other.Parameters.Any(parameter => parameter.Name == "dim"));
}
