using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1026: a product or a layer whose input has the wrong shape.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ShapesDoNotFit : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1026";

    private static readonly HashSet<string> _names = ["matmul", "mm", "bmm", "mv", "linear", "Sequential", "call", "forward"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The shapes do not match",
        "{0}",
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
            switch (call.TargetMethod.Name)
            {
                case "Sequential" when torch.Declares(call.TargetMethod):
                    OfSequential(call, torch, report);
                    break;
                case "call" or "forward" when call.Instance is { } module && torch.IsModule(module.Type) && call.Arguments.Length == 1:
                    OfModule(call, module, torch, report);
                    break;
                case "linear" when torch.Declares(call.TargetMethod) && !Regions.IsExceptionExpected(call.Syntax):
                    var (features, weight) = (Shapes.Of(call.At(0), torch).Last, Shapes.Of(call.At(1), torch));
                    if (features is { } given && weight is { Sizes.Count: 2 } && weight.Last is { } wanted && given != wanted)
                        report(Rule.CreateDiagnostic(_rule, Place(call), null, $"The weight expects {wanted} features, but the input has {given}: linear throws an exception"));
                    break;
                case "matmul" or "mm" or "bmm" or "mv" when torch.Declares(call.TargetMethod):
                    OfProduct(call, torch, report);
                    break;
            }
        });

    private static void OfProduct(IInvocationOperation call, TorchSymbols torch, Action<Diagnostic> report)
    {
        var name = call.TargetMethod.Name;
        var (left, right) = (Shapes.Of(call.Receiver(), torch), Shapes.Of(call.At(call.Instance is null ? 1 : 0), torch));
        if (name != "matmul" && Regions.IsExceptionExpected(call.Syntax) || Fits(name, left, right))
            return;
        var effect = name == "matmul" ? "matmul ends the process" : $"{name} throws an exception";
        report(Rule.CreateDiagnostic(_rule, Place(call), null, $"The shapes {left} and {right} do not match: {effect}"));
    }

    private static bool Fits(string name, Shape left, Shape right) => name switch
    {
        "mm" => left.Sizes?.Count is null or 2 && right.Sizes?.Count is null or 2 && Shapes.Product(left, right) is not null,
        "mv" => left.Sizes?.Count is null or 2 && right.Sizes?.Count is null or 1 && Shapes.Product(left, right) is not null,
        // no broadcasting
        "bmm" => left.Sizes?.Count is null or 3 && right.Sizes?.Count is null or 3 && Shapes.Product(left, right) is not null
            && (left.At(0) is not { } one || right.At(0) is not { } other || one == other),
        _ => Shapes.Product(left, right) is not null,
    };

    // only mismatches between children: those within a child are reported there
    private static void OfSequential(IInvocationOperation call, TorchSymbols torch, Action<Diagnostic> report)
    {
        if (Regions.IsExceptionExpected(call.Syntax))
            return;
        var children = Layers.Children(call).ToList();
        foreach (var mismatch in Layers.Mismatches(call, Shape.Unknown, torch))
        {
            if (children[mismatch.Child] is { } child && !Layers.Mismatches(child, Shape.Unknown, torch).Any(own => own.Layer.Syntax == mismatch.Layer.Syntax))
                report(Rule.CreateDiagnostic(_rule, child.Syntax.GetLocation(), null, Message(mismatch)));
        }
    }

    private static void OfModule(IInvocationOperation call, IOperation module, TorchSymbols torch, Action<Diagnostic> report)
    {
        if (call.At(0) is not { } input || !torch.IsTensor(input.Type) || Regions.IsExceptionExpected(call.Syntax))
            return;
        var shape = Shapes.Of(input, torch);
        if (shape.Last is null && shape.Channels is null)
            return;
        if (Layers.Mismatches(module, shape, torch) is [{ } mismatch, ..] && !Layers.Mismatches(module, Shape.Unknown, torch).Any(own => own.Layer.Syntax == mismatch.Layer.Syntax))
            report(Rule.CreateDiagnostic(_rule, input.Syntax.GetLocation(), null, Message(mismatch)));
    }

    private static string Message(ShapeMismatch mismatch) =>
        $"{mismatch.Layer.TargetMethod.Name} expects {mismatch.Expected} {mismatch.Unit}, but gets {mismatch.Actual}: it throws an exception";

    private static Location Place(IInvocationOperation call) => ((InvocationExpressionSyntax)call.Syntax).Name()!.GetLocation();
}
