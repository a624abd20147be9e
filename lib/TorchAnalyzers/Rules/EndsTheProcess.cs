using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1025: a call whose error TorchSharp does not convert to an exception, so that the process ends.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EndsTheProcess : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1025";

    private const string Interop = "set_num_interop_threads";

    private static readonly HashSet<string> _names =
        ["set_num_threads", Interop, "cummax", "cummin", "set_rng_state", "set_state", "grad", "matmul"];

    // the size of the state of libtorch's CPU generator, in bytes
    private const long StateLength = 5056;

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The call ends the process",
        "{0} ends the process: {1}",
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
            if (torch.Declares(call.TargetMethod) && Reason(call, torch) is { } reason)
            {
                var name = ((InvocationExpressionSyntax)call.Syntax).Name()!;
                report(Rule.CreateDiagnostic(_rule, name.GetLocation(), null, name.Identifier.ValueText, reason));
            }
        });

    private static string? Reason(IInvocationOperation call, TorchSymbols torch)
    {
        var first = call.Instance is null ? 1 : 0;
        switch (call.TargetMethod.Name)
        {
            case "set_num_threads" or Interop when Numbers.Of(call.At(0)) is <= 0:
                return "the number of threads must be positive";
            case Interop:
                return IsSecond((InvocationExpressionSyntax)call.Syntax, call.SemanticModel!.Compilation) ? "it can be called only once in a process" : null;
            case "cummax" or "cummin":
                return Numbers.Of(call.At(first)) is { } dim && Shapes.Of(call.Receiver(), torch).Sizes is { } sizes
                    && (dim >= Math.Max(sizes.Count, 1) || dim < -Math.Max(sizes.Count, 1))
                    ? $"dimension {dim} is out of range for a tensor with {sizes.Count} dimensions"
                    : null;
            case "set_rng_state":
                return State(call.At(0), torch) ?? (Shapes.Of(call.At(0), torch).Sizes is [{ } length] && length != StateLength
                    ? $"the state has {length} bytes instead of {StateLength}; pass a result of get_rng_state"
                    : null);
            case "set_state" when call.TargetMethod.ContainingType.Name == "Generator":
                return State(call.At(0), torch);
            case "grad" when call.TargetMethod.ContainingType.Name == "autograd":
                return Gradient(call, torch);
            case "matmul":
                return DTypes.Of(call.Receiver()!, torch) is { } left && call.At(first) is { } other && DTypes.Of(other, torch) is { } right && left != right
                    && !Regions.FileMentions(call.Syntax, "set_default_dtype", "autocast")
                    ? $"the tensors have different types: {left} and {right}"
                    : null;
            default:
                return null;
        }
    }

    private static string? State(IOperation? state, TorchSymbols torch) => state is not null && DTypes.Of(state, torch) is { } type and not "Byte"
        ? $"the state is {type} instead of Byte; pass a state of the generator"
        : null;

    private static string? Gradient(IInvocationOperation call, TorchSymbols torch)
    {
        var outputs = Elements(call, 0);
        if (outputs.Any(output => Gradients.HasNoGraph(output, torch)))
            return "an output does not require a gradient; create the tensors that it is computed from with requires_grad: true";
        if (Elements(call, 1).Any(input => Gradients.HasNoGraph(input, torch)))
            return "an input does not require a gradient; create it with requires_grad: true";
        return call.Argument("grad_outputs") is null && outputs.Any(output => Shapes.Of(output, torch).Sizes?.Any(size => size > 1) == true)
            ? "an output has more than one element, and grad_outputs is missing"
            : null;
    }

    private static List<IOperation> Elements(IInvocationOperation call, int ordinal) =>
        call.At(ordinal) is { } list && Variables.Resolve(list) is { SemanticModel: { } model, Syntax: ExpressionSyntax written } && Lists.Of(written) is { } elements
            ? [.. elements.OfType<ExpressionSyntax>().Select(element => model.GetOperation(element)).OfType<IOperation>()]
            : [];

    // after a previous statement of the same block, after a previous cell, or in a loop
    private static bool IsSecond(InvocationExpressionSyntax call, Compilation compilation)
    {
        if (call.Parent is not ExpressionStatementSyntax statement)
            return false;
        if (statement.Parent is BlockSyntax { Parent: { } owner } && Regions.Body(owner) == statement.Parent || Regions.Body(statement.Parent!) == statement)
            return !Regions.Nodes(statement.Parent!).Any(node => node is BreakStatementSyntax or ReturnStatementSyntax);
        if (Assignments.Earlier(statement).Any(IsSame))
            return true;
        for (var cell = compilation.ScriptCompilationInfo?.PreviousScriptCompilation; cell is not null; cell = cell.ScriptCompilationInfo?.PreviousScriptCompilation)
        {
            if (cell.SyntaxTrees.Any(tree => ((CompilationUnitSyntax)tree.GetRoot()).Members.OfType<GlobalStatementSyntax>().Any(member => IsSame(member.Statement))))
                return true;
        }
        return false;
    }

    private static bool IsSame(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } && call.Name()?.Identifier.ValueText == Interop;
}
