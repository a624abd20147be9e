using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1011: a training loop without a dispose scope.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LoopWithoutScope : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1011";

    private static readonly HashSet<string> _names = ["backward"];

    private static readonly string[] _scopes = ["NewDisposeScope", "WrappedTensorDisposeScope"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The loop does not dispose of its tensors",
        "Each iteration creates tensors that only the garbage collector frees, and it does not know the size of their memory; begin the loop body with 'using var scope = torch.NewDisposeScope();'",
        Category.Memory,
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
            if (!torch.IsTensor(call.TargetMethod.ContainingType) || call.TargetMethod.Name != "backward")
                return;
            var loops = Regions.Loops(call.Syntax).ToList();
            if (loops.All(IsShort) || !Regions.Calls(loops[0], "step").Any() || loops.Any(Frees) || IsInScope(loops[loops.Count - 1]))
                return;
            report(Rule.CreateDiagnostic(_rule, loops[0].GetFirstToken().GetLocation(), null, []));
        });

    // in a scope of the same function, which may be intended: the loop may be short
    private static bool IsInScope(SyntaxNode loop)
    {
        var function = Regions.Function(loop);
        for (var (current, child) = (loop.Parent, loop); current is not null && child != function; (current, child) = (current.Parent, current))
        {
            var opening = current switch
            {
                UsingStatementSyntax block => Regions.Mentions((SyntaxNode?)block.Declaration ?? block.Expression!, _scopes),
                BlockSyntax block => block.Statements.TakeWhile(statement => statement != child).Any(Opens),
                CompilationUnitSyntax file => file.Members.TakeWhile(member => member != child).OfType<GlobalStatementSyntax>().Any(member => Opens(member.Statement)),
                _ => false,
            };
            if (opening)
                return true;
        }
        return false;
    }

    private static bool Opens(StatementSyntax statement) => statement is LocalDeclarationStatementSyntax declaration && Regions.Mentions(declaration, _scopes);

    private static bool Frees(SyntaxNode loop) => Regions.Mentions(loop, "Dispose", "DisposeEverything", "Collect", "NewDisposeScope")
        || Regions.Nodes(loop).Any(node => node is LocalDeclarationStatementSyntax declaration
        && declaration.UsingKeyword.ValueText.Length > 0 || node is UsingStatementSyntax);

    // a few iterations, as in an example, use little memory
    private static bool IsShort(StatementSyntax loop) => loop is ForStatementSyntax
    {
        Condition: BinaryExpressionSyntax { Right: LiteralExpressionSyntax { Token.Value: int and < 20 } },
    };
}
