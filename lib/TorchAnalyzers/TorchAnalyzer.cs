using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers;

/// <summary>The base class of the rules. A rule registers no actions if TorchSharp is not referenced.</summary>
public abstract class TorchAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (TorchSymbols.Of(start.Compilation) is { } torch)
                Register(start, torch);
        });
    }

    /// <summary>Registers the rule's actions for a compilation that references TorchSharp.</summary>
    private protected abstract void Register(CompilationStartAnalysisContext context, TorchSymbols torch);

    /// <summary>
    /// Examines the calls of methods with one of the names. Operation actions would be shorter, but the compiler does not run them for the top-level statements of a script and
    /// binds every expression for them; this method skips calls of other names.
    /// </summary>
    /// <param name="context">The compilation.</param>
    /// <param name="names">The names of the methods.</param>
    /// <param name="look">A function that examines a call and reports diagnostics.</param>
    private protected static void OnCalls(
        CompilationStartAnalysisContext context, ISet<string> names, Action<IInvocationOperation, Action<Diagnostic>> look) => context.RegisterSyntaxNodeAction(
            node =>
            {
                var call = (InvocationExpressionSyntax)node.Node;
                if (call.Name() is { } name && names.Contains(name.Identifier.ValueText)
                    && node.SemanticModel.GetOperation(call, node.CancellationToken) is IInvocationOperation operation)
                {
                    look(operation, node.ReportDiagnostic);
                }
            },
            SyntaxKind.InvocationExpression);
}
