using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1014: a tensor that is read in the inner loop of training on a device.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReadInTrainingLoop : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1014";

    private static readonly HashSet<string> _names = ["item", "ToString", "cpu", "ToSingle", "ToDouble", "ToInt32", "ToInt64", "str",
        "print", "npstr"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "Reading a tensor waits for the device",
        "{0}() waits in every step until the device has completed all its work; sum detached tensors, and read the sum once per epoch",
        Category.Performance,
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
            var receiver = call.Receiver();
            if (!torch.Declares(call.TargetMethod) || !torch.IsTensor(receiver?.Type) || call.TargetMethod.Name == "ToString"
                && !call.Arguments.Any(argument => !argument.IsImplicit))
            {
                return;
            }
            if (Regions.Loops(call.Syntax).ToList() is not [{ } inner, _, ..])
                return;
            // directly in the training loop, and in every iteration
            if (!Regions.Calls(inner, "backward").Any(backward => Regions.Loops(backward).First() == inner) || IsNowAndThen(call.Syntax, inner))
                return;
            if (Regions.Mentions(Regions.Member(call.Syntax), "cuda", "CUDA", "device", "Device", "DeviceType"))
                report(Rule.CreateDiagnostic(_rule, ((InvocationExpressionSyntax)call.Syntax).Name()!.GetLocation(), null, call.TargetMethod.Name));
        });

    private static bool IsNowAndThen(SyntaxNode call, SyntaxNode loop) => call.Ancestors().TakeWhile(ancestor => ancestor != loop)
        .Any(ancestor => ancestor is IfStatementSyntax or ConditionalExpressionSyntax or SwitchStatementSyntax or AnonymousFunctionExpressionSyntax);
}
