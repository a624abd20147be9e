using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1018: a tensor operation whose result is not used.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedResult : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1018";

    private static readonly HashSet<string> _names =
    [
        "to", "to_type", "type", "cpu", "cuda", "float", "double", "half", "bfloat16", "int", "long", "short", "byte", "bool", "reshape",
        "view", "flatten", "permute", "transpose",
        "squeeze", "unsqueeze", "contiguous", "detach", "clone", "expand", "repeat", "add", "sub", "mul", "div", "abs", "neg", "clamp",
        "relu", "softmax", "log_softmax", "sigmoid",
        "exp", "log", "sqrt", "pow", "fill", "masked_fill", "scatter", "index_fill", "index_add", "normal", "sum", "mean", "argmax",
    ];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The result is not used",
        "{0}() does not change the tensor: it returns a new tensor, which is not used; write '{1} = {1}.{0}(…)'",
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
            if (!torch.IsTensor(call.TargetMethod.ContainingType) || !torch.IsTensor(call.Type) || !torch.Declares(call.TargetMethod))
                return;
            // an expression without a semicolon is the value of a cell
            if (call.Syntax.Parent is not ExpressionStatementSyntax { SemicolonToken.IsMissing: false } statement
                || Variables.Of(call.Instance) is not { } variable)
            {
                return;
            }
            // a test expects the exception
            if (Regions.IsExceptionExpected(call.Syntax))
                return;
            var written = call.Instance!.Syntax.ToString();
            var fixable = variable is ILocalSymbol { IsConst: false, IsRef: false, IsUsing: false, IsForEach: false } or IParameterSymbol { RefKind: RefKind.None }
                or IFieldSymbol { ContainingType.IsScriptClass: true, IsReadOnly: false };
            report(Rule.CreateDiagnostic(_rule, statement.Expression.GetLocation(), fixable ? "Assign the result" : null, call.TargetMethod.Name, written));
        });
}
