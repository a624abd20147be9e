using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Language;
using CompletionItem = Microsoft.DotNet.Interactive.Events.CompletionItem;
using SourceText = Microsoft.CodeAnalysis.Text.SourceText;
using TextSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace NotebookHost.Kernels;

/// <summary>Handles requests of the framework's front ends while a cell is being edited.</summary>
internal sealed partial class CellKernel
    : IKernelCommandHandler<RequestCompletions>, IKernelCommandHandler<RequestHoverText>, IKernelCommandHandler<RequestSignatureHelp>,
        IKernelCommandHandler<RequestDiagnostics>
{
    Task IKernelCommandHandler<RequestCompletions>.HandleAsync(RequestCompletions command, KernelInvocationContext context)
    {
        var text = SourceText.From(command.Code);
        var found = CellCompletion.Complete(command.Code, Position(text, command.LinePosition), Draft);
        var items = found.Items.Select(item => new CompletionItem(item.Text, item.Kind, documentation: item.Signature)).ToArray();
        context.Publish(new CompletionsProduced(items, command, Span(text, found.Start, found.End)));
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<RequestHoverText>.HandleAsync(RequestHoverText command, KernelInvocationContext context)
    {
        var text = SourceText.From(command.Code);
        var position = Position(text, command.LinePosition);
        if (CellHover.Describe(command.Code, position, Draft) is { } hover)
        {
            FormattedValue[] content = [new("text/markdown", hover.ToMarkdown()), new("text/plain", hover.ToText())];
            context.Publish(new HoverTextProduced(command, content, Span(text, position, position)));
        }
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<RequestSignatureHelp>.HandleAsync(RequestSignatureHelp command, KernelInvocationContext context)
    {
        var position = Position(SourceText.From(command.Code), command.LinePosition);
        if (CellSignatures.Describe(command.Code, position, Draft) is { } help)
        {
            var signatures = help.Signatures.Select(signature => new SignatureInformation(
                signature.Label, Text(signature.Documentation),
                [.. signature.Parameters.Select(parameter => new ParameterInformation(parameter.Label, Text(parameter.Documentation)))])).ToList();
            context.Publish(new SignatureHelpProduced(command, signatures, help.Active, help.Parameter));
        }
        return Task.CompletedTask;

        static FormattedValue Text(string documentation) => new("text/markdown", documentation);
    }

    Task IKernelCommandHandler<RequestDiagnostics>.HandleAsync(RequestDiagnostics command, KernelInvocationContext context)
    {
        var diagnostics = Draft(command.Code).GetDiagnostics(context.CancellationToken)
            .Where(diagnostic => diagnostic.Severity is not Microsoft.CodeAnalysis.DiagnosticSeverity.Hidden)
            .Select(Diagnostic.FromCodeAnalysisDiagnostic)
            .ToArray();
        if (diagnostics.Length > 0)
            context.Publish(new DiagnosticsProduced(diagnostics, [new FormattedValue("text/plain", string.Join('\n', diagnostics.Select(diagnostic => diagnostic.ToString())))], command));
        return Task.CompletedTask;
    }

    private Microsoft.CodeAnalysis.Compilation Draft(string code) => _engine.Submissions.Compile(code, "draft");

    private static int Position(SourceText text, LinePosition position)
        => text.Lines.GetPosition(new Microsoft.CodeAnalysis.Text.LinePosition(position.Line, position.Character));

    private static LinePositionSpan Span(SourceText text, int start, int end)
    {
        var span = text.Lines.GetLinePositionSpan(TextSpan.FromBounds(start, end));
        return new LinePositionSpan(
            new LinePosition(span.Start.Line, span.Start.Character), new LinePosition(span.End.Line, span.End.Character));
    }
}
