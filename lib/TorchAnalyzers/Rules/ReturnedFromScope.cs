using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1012: a tensor of a dispose scope that is returned from the scope, or kept in a variable or a list that is used after it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReturnedFromScope : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1012";

    private static readonly HashSet<string> _adding = ["Add", "Enqueue", "Push", "Append", "Insert"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The tensor is disposed of with its scope",
        "The scope disposes of {0} before {1}: any use throws an exception; write {0}.MoveToOuterDisposeScope()",
        Category.Memory,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch)
    {
        context.RegisterSyntaxNodeAction(node => Returned((ReturnStatementSyntax)node.Node, node, torch), SyntaxKind.ReturnStatement);
        context.RegisterSyntaxNodeAction(
            node =>
            {
                if (((ExpressionStatementSyntax)node.Node).Expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment)
                    Kept(assignment.Left, assignment.Right, node, torch);
                else if (((ExpressionStatementSyntax)node.Node).Expression is InvocationExpressionSyntax { ArgumentList.Arguments: [.., { } last] } call
                    && _adding.Contains(call.Name()?.Identifier.ValueText ?? "") && Regions.Receiver(call) is { } list)
                    Kept(list, last.Expression, node, torch);
            },
            SyntaxKind.ExpressionStatement);
    }

    private static void Returned(ReturnStatementSyntax statement, SyntaxNodeAnalysisContext node, TorchSymbols torch)
    {
        if (statement.Expression is not { } returned || !Scopes.IsInside(statement, node.SemanticModel, torch, out var scope))
            return;
        IEnumerable<ExpressionSyntax> values = returned is TupleExpressionSyntax tuple ? tuple.Arguments.Select(argument => argument.Expression) : [returned];
        foreach (var value in values)
            Report(value, "the caller receives it", scope, node, torch);
    }

    private static void Kept(ExpressionSyntax target, ExpressionSyntax value, SyntaxNodeAnalysisContext node, TorchSymbols torch)
    {
        if (!Scopes.IsInside((StatementSyntax)node.Node, node.SemanticModel, torch, out var scope))
            return;
        // list[i] = value keeps the value in the list; an element of a tensor is a copy
        var variable = target is ElementAccessExpressionSyntax element ? element.Expression : target;
        var isList = node.Node is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax } || variable != target;
        var type = node.SemanticModel.GetTypeInfo(variable, node.CancellationToken).Type;
        if (isList ? !IsCollection(type) : !torch.IsTensor(type))
            return;
        // the setter of a property may move the tensor
        if (Variables.Of(node.SemanticModel.GetOperation(variable, node.CancellationToken)) is { } symbol and not IPropertySymbol && Scopes.IsReadAfter(symbol, variable, scope, node.SemanticModel))
            Report(value, $"{symbol.Name} is read", scope, node, torch);
    }

    private static bool IsCollection(ITypeSymbol? type) =>
        type is IArrayTypeSymbol || type?.ContainingNamespace?.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal) == true;

    private static void Report(ExpressionSyntax value, string use, StatementSyntax scope, SyntaxNodeAnalysisContext node, TorchSymbols torch)
    {
        if (torch.IsTensor(node.SemanticModel.GetTypeInfo(value, node.CancellationToken).Type) && Scopes.DisposesOf(value, scope, node.SemanticModel, torch))
        {
            node.ReportDiagnostic(Rule.CreateDiagnostic(
                _rule, value.GetLocation(), "Move the tensor to the outer scope", value is IdentifierNameSyntax ? value.ToString() : "the tensor", use));
        }
    }
}
