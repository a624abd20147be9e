using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1009: evaluation under no_grad of a model that is still in training mode.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NoEval : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1009";

    private static readonly HashSet<string> _names = ["no_grad", "inference_mode"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The model is evaluated in training mode",
        "{0} has layers such as Dropout or BatchNorm and is evaluated under {1}() in training mode: call {0}.eval() before, and {0}.train() after",
        Category.Training,
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
            if (!torch.Declares(call.TargetMethod) || call.Arguments
                .Any(argument => argument.Value.ConstantValue is { HasValue: true, Value: false } && !argument.IsImplicit))
            {
                return;
            }
            var syntax = (InvocationExpressionSyntax)call.Syntax;
            var model = call.SemanticModel!;
            var member = Regions.Member(syntax);
            foreach (var evaluated in Extent(syntax).SelectMany(part => Regions.Calls(part, "call")))
            {
                if (Regions.Receiver(evaluated) is not IdentifierNameSyntax name || !torch.IsModule(model.GetTypeInfo(name).Type))
                    continue;
                var text = name.Identifier.ValueText;
                // for a model from outside the method, the caller may have called eval
                if (model.GetSymbolInfo(name).Symbol is not { } symbol || !Modes.Matter(symbol, model) || !Modes.IsTrained(member, text))
                    continue;
                if (Regions.FileMentions(syntax, "eval") || Regions.Calls(member, "train").Any(train => train.ArgumentList.Arguments.Count > 0))
                    continue;
                report(Rule.CreateDiagnostic(_rule, syntax.GetLocation(), null, text, call.TargetMethod.Name));
                return;
            }
        });

    // using (no_grad()) { … }, or using var _ = no_grad() and the statements after it
    private static IEnumerable<SyntaxNode> Extent(InvocationExpressionSyntax call)
    {
        foreach (var ancestor in call.Ancestors())
        {
            switch (ancestor)
            {
                case UsingStatementSyntax block:
                    return [block.Statement];
                case LocalDeclarationStatementSyntax { Parent: BlockSyntax parent } declaration when declaration.UsingKeyword.ValueText.Length > 0:
                    return parent.Statements.SkipWhile(statement => statement != declaration).Skip(1);
                case LocalDeclarationStatementSyntax { Parent: GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global } declaration when declaration.UsingKeyword.ValueText.Length > 0:
                    return unit.Members.SkipWhile(other => other != global).Skip(1).OfType<GlobalStatementSyntax>();
                case StatementSyntax:
                    return [];
            }
        }
        return [];
    }
}
