using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
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
        "exp", "log", "log1p", "expm1", "sqrt", "rsqrt", "square", "pow", "reciprocal", "sin", "cos", "tan", "tanh", "erf", "sign", "round", "floor", "ceil", "trunc", "t", "swapaxes",
        "movedim", "flip", "roll", "narrow", "unflatten", "fill", "masked_fill", "scatter", "scatter_add", "index_fill", "index_add", "index_put", "normal", "sum", "mean", "argmax", "argmin",
    ];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The result is not used",
        "{0}() does not change the tensor: it returns a new tensor, which is not used; write '{1} = {2}(…)'",
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
            if (!torch.IsTensor(call.Type) || !torch.Declares(call.TargetMethod) || !torch.IsTensor(call.TargetMethod.ContainingType) && !IsFunction(call.TargetMethod, torch))
                return;
            // an expression without a semicolon is the value of a cell
            if (call.Syntax.Parent is not ExpressionStatementSyntax { SemicolonToken.IsMissing: false } statement
                || Variables.Of(Element(call.Receiver(), torch)) is not { } variable)
            {
                return;
            }
            if (call.Argument("inplace") is not null)
                return;
            // a test expects the exception
            if (Regions.IsExceptionExpected(call.Syntax))
                return;
            var receiver = call.Receiver()!.Syntax;
            var written = receiver.ToString();
            var name = call.Instance is null ? call.Syntax.ToString().Split('(')[0] : $"{written}.{call.TargetMethod.Name}";
            var fixable = call.Instance is not null && receiver is not ElementAccessExpressionSyntax && variable is ILocalSymbol { IsConst: false, IsRef: false, IsUsing: false, IsForEach: false } or IParameterSymbol { RefKind: RefKind.None }
                or IFieldSymbol { ContainingType.IsScriptClass: true, IsReadOnly: false };
            report(Rule.CreateDiagnostic(_rule, statement.Expression.GetLocation(), fixable ? "Assign the result" : null, call.TargetMethod.Name, written, name));
        });

    // torch.add(x, y) or F.relu(x)
    private static bool IsFunction(IMethodSymbol method, TorchSymbols torch) => method.IsStatic
        && method.ContainingType is var type && (SymbolEqualityComparer.Default.Equals(type, torch.Torch) || type.Name == "functional");

    // x of x[0]
    private static IOperation? Element(IOperation? receiver, TorchSymbols torch) =>
        receiver is IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance } && torch.IsTensor(instance.Type) ? instance : receiver;
}
