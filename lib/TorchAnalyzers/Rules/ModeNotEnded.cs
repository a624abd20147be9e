using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1029: a mode such as <c>no_grad()</c> that is never ended.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModeNotEnded : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1029";

    private static readonly HashSet<string> _names = ["no_grad", "inference_mode", "enable_grad"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The mode is never ended",
        "{0}() stays in effect for all code that follows, because its result is not disposed of; write 'using var mode = {1}' or 'using ({1}) {{ … }}'",
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
            // _ = no_grad() also discards the result
            var statement = call.Syntax.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } discard
                && discard.IsKind(SyntaxKind.SimpleAssignmentExpression) ? discard.Parent : call.Syntax.Parent;
            if (!torch.Declares(call.TargetMethod) || statement is not ExpressionStatementSyntax { SemicolonToken.IsMissing: false } && !IsUnused(ref statement))
                return;
            // top-level statements of a cell have no block whose end would dispose of the variable
            var fixable = statement!.SyntaxTree.Options.Kind == SourceCodeKind.Regular && statement.Parent is (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax);
            report(Rule.CreateDiagnostic(_rule, call.Syntax.GetLocation(), fixable ? "Write 'using var'" : null, call.TargetMethod.Name, call.Syntax.ToString()));
        });

    // var mode = no_grad(), where nothing uses the variable
    private static bool IsUnused(ref SyntaxNode? statement)
    {
        if (statement is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration } variable }
            || declaration.Declaration.Variables.Count > 1)
        {
            return false;
        }
        statement = declaration;
        return !Regions.Mentions(Regions.Function(declaration), variable.Identifier.ValueText);
    }
}
