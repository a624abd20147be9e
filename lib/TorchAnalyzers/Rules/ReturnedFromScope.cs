using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1012: a returned tensor that belongs to a dispose scope of the method.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReturnedFromScope : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1012";

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The returned tensor is disposed of with its scope",
        "The scope disposes of {0} before the caller receives it: any use throws an exception; return {0}.MoveToOuterDisposeScope()",
        Category.Memory,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch) => context.RegisterSyntaxNodeAction(
        node =>
        {
            var statement = (ReturnStatementSyntax)node.Node;
            if (statement.Expression is not { } returned || !Scopes.IsInside(statement, node.SemanticModel, torch, out var scope))
                return;
            IEnumerable<ExpressionSyntax> values = returned is TupleExpressionSyntax tuple ? tuple.Arguments
                .Select(argument => argument.Expression) : [returned];
            foreach (var value in values)
            {
                if (torch.IsTensor(node.SemanticModel.GetTypeInfo(value, node.CancellationToken).Type)
                    && Scopes.DisposesOf(value, scope, node.SemanticModel, torch))
                {
                    node.ReportDiagnostic(Rule.CreateDiagnostic(_rule, value.GetLocation(), "Move the tensor to the outer scope", value is IdentifierNameSyntax ? value.ToString() : "the tensor"));
                }
            }
        },
        SyntaxKind.ReturnStatement);
}
