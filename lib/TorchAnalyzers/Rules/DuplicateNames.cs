using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1006: two children with the same name in a Sequential.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DuplicateNames : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1006";

    private static readonly HashSet<string> _names = ["Sequential", "append"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "Two children have the same name",
        "The Sequential has two children named '{0}': both run and are trained, but only one of them is saved; use unique names",
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
            if (!torch.Declares(call.TargetMethod))
                return;
            var syntax = (InvocationExpressionSyntax)call.Syntax;
            if (call.TargetMethod.Name == "Sequential")
                OfList(syntax, report);
            else if (call.TargetMethod.ContainingType.Name == "Sequential"
                && call.Argument("name") is { ConstantValue: { HasValue: true, Value: string name } } argument)
                OfAppend(call, syntax, name, argument.Syntax, report);
        });

    private static void OfList(InvocationExpressionSyntax call, Action<Diagnostic> report)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tuple in call.ArgumentList.DescendantNodes(node => node is not InvocationExpressionSyntax).OfType<TupleExpressionSyntax>())
        {
            if (tuple.Arguments.Count == 2 && tuple.Arguments[0].Expression is LiteralExpressionSyntax { Token.Value: string name } literal
                && !seen.Add(name))
            {
                report(Rule.CreateDiagnostic(_rule, literal.GetLocation(), null, name));
            }
        }
    }

    private static void OfAppend(IInvocationOperation call, InvocationExpressionSyntax syntax, string name, SyntaxNode argument,
        Action<Diagnostic> report)
    {
        if (Regions.Receiver(syntax) is not { } receiver)
            return;
        // the same name in each iteration of a loop
        var variable = Variables.Of(call.Instance);
        if (variable is not null && Regions.Loops(syntax).Any(loop => Regions.IsOutside(variable, loop)) && !IsBranch(syntax))
        {
            report(Rule.CreateDiagnostic(_rule, argument.GetLocation(), null, name));
            return;
        }
        // seq.append("a", x).append("a", y), or two statements of one block
        var earlier = Chain(receiver).Concat(Before(syntax, receiver)).Any(other => Name(other) == name);
        if (earlier)
            report(Rule.CreateDiagnostic(_rule, argument.GetLocation(), null, name));
    }

    private static IEnumerable<InvocationExpressionSyntax> Chain(ExpressionSyntax receiver)
    {
        for (var current = receiver; current is InvocationExpressionSyntax call; current = Regions.Receiver(call))
        {
            if (call.Name()?.Identifier.ValueText == "append")
                yield return call;
            if (Regions.Receiver(call) is null)
                yield break;
        }
    }

    private static IEnumerable<InvocationExpressionSyntax> Before(InvocationExpressionSyntax call, ExpressionSyntax receiver)
    {
        if (receiver is InvocationExpressionSyntax || call.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
            return [];
        IEnumerable<StatementSyntax> siblings = statement.Parent switch
        {
            BlockSyntax block => block.Statements,
            GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } =>
                unit.Members.OfType<GlobalStatementSyntax>().Select(member => member.Statement),
            _ => [],
        };
        var before = siblings.TakeWhile(other => other != statement).ToList();
        // after an assignment, the variable has other children
        var start = before.FindLastIndex(other => other is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment }
            && assignment.Left.ToString() == receiver.ToString());
        return before.Skip(start + 1).OfType<ExpressionStatementSyntax>().Select(other => other.Expression).OfType<InvocationExpressionSyntax>()
            .Where(other => other.Name()?.Identifier.ValueText == "append" && Regions.IsOn(other, receiver.ToString()));
    }

    private static string? Name(InvocationExpressionSyntax append) =>
        append.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax { Token.Value: string name } }, _] ? name : null;

    // each name is reported once
    private static bool IsBranch(InvocationExpressionSyntax call) => call.Ancestors().TakeWhile(ancestor => Regions.Body(ancestor) is null)
        .Any(ancestor => ancestor is IfStatementSyntax or SwitchSectionSyntax or ConditionalExpressionSyntax);
}
