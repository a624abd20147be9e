using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers;

/// <summary>A rule about TorchSharp: it costs nothing where TorchSharp is not referenced.</summary>
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
    /// Looks at the calls of methods of some names. Operation actions would be shorter, but the compiler runs none for the top-level statements of a script, and
    /// binds every expression for them; calls of other names are skipped here.
    /// </summary>
    /// <param name="context">The compilation.</param>
    /// <param name="names">The names of the methods.</param>
    /// <param name="look">Looks at a call, and reports what it finds.</param>
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
