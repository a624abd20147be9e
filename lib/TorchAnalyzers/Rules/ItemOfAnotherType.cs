using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1013: <c>item&lt;T&gt;()</c> with a type that is not the type of the tensor.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ItemOfAnotherType : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1013";

    private static readonly HashSet<string> _names = ["item"];

    // TorchSharp's conversion method for each type
    private static readonly Dictionary<string, string> _conversions = new()
    {
        ["Bool"] = "ToBoolean",
        ["Byte"] = "ToByte",
        ["Int8"] = "ToSByte",
        ["Int16"] = "ToInt16",
        ["Int32"] = "ToInt32",
        ["Int64"] = "ToInt64",
        ["Float32"] = "ToSingle",
        ["Float64"] = "ToDouble",
    };

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "item does not have the type of the tensor",
        "The tensor is {0}, and item<{1}>() does not convert: it throws an exception; write {2}()",
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
            if (!torch.IsTensor(call.TargetMethod.ContainingType) || call.TargetMethod.TypeArguments is not [{ } asked] || call.Instance is null)
                return;
            if (DTypes.OfNumber(asked) is not { } wanted || DTypes.Of(call.Instance, torch) is not { } actual || wanted == actual
                || !_conversions.TryGetValue(wanted, out var conversion))
            {
                return;
            }
            // set_default_dtype changes the type of torch.zeros and similar functions
            if (actual == "Float32" && Regions.FileMentions(call.Syntax, "set_default_dtype"))
                return;
            var name = ((InvocationExpressionSyntax)call.Syntax).Name()!;
            report(Rule.CreateDiagnostic(_rule, name.GetLocation(), $"Write {conversion}()", actual, asked.ToDisplayString(), conversion));
        });
}
