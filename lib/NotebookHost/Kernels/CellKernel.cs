using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Display;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>
/// The C# kernel of this host in the framework. It runs code in a <see cref="CellEngine"/>, which can stop code that the framework's C# kernel cannot stop.
/// </summary>
internal sealed partial class CellKernel : Kernel, IKernelCommandHandler<SubmitCode>
{
    /// <summary>The name of the kernel, as in <c>#!csharp</c>.</summary>
    public const string DefaultName = "csharp";

    private readonly CellEngine _engine;

    public CellKernel(CellEngine engine)
        : base(DefaultName)
    {
        _engine = engine;
        KernelInfo.DisplayName = "C#";
        KernelInfo.LanguageName = "C#";
        KernelInfo.LanguageVersion = "14.0";
        KernelInfo.Description = "Runs C# code";
    }

    /// <summary>Gets the command that runs or ran last.</summary>
    public KernelCommand LastCommand { get; private set; } = new SubmitCode("", DefaultName);

    /// <summary>Publishes an event that does not belong to a running command or that the command must not store.</summary>
    public void Publish(KernelEvent published) => PublishEvent(published);

    async Task IKernelCommandHandler<SubmitCode>.HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        LastCommand = command;
        DisplayedValues.Current = this;
        var cell = command as RunCell;
        var stop = cell?.Stop ?? context.CancellationToken;
        using var request = cell?.Stop.Register(() => FrameworkInternals.RequestCancellation(context));
        try
        {
            var outcome = await _engine.RunAsync(
                command.Code,
                cell?.Label ?? $"{Name} code",
                cell?.IsFile == true,
                value => Return(value, command, context),
                stop).ConfigureAwait(false);
            if (outcome.Error is not { } error)
                return;
            cell?.Error = error;
            PublishDiagnostics(outcome, command, context);
            context.Fail(command, outcome.Exception, string.Join('\n', error.Traceback));
        }
        catch (OperationCanceledException)
        {
            cell?.IsStopped = true;
            context.Fail(command, message: "The code was stopped");
        }
#pragma warning disable CA1031 // the framework would ignore the exception, and the cell would appear to succeed
        catch (Exception error)
#pragma warning restore CA1031
        {
            var failure = _engine.Describe(error, cell?.Label ?? $"{Name} code");
            cell?.Error ??= failure;
            context.Fail(command, error, string.Join('\n', failure.Traceback));
        }
    }

    private static void Return(object? value, SubmitCode command, KernelInvocationContext context)
    {
        if (value is DisplayedValue)
            return;
        var bundle = Bundler.From(value);
        CellExecution.RunUninterrupted(() => context.Publish(new ReturnValueProduced(value, command, bundle.ToFormattedValues())));
    }

    private static void PublishDiagnostics(CodeOutcome outcome, SubmitCode command, KernelInvocationContext context)
    {
        var diagnostics = outcome.Diagnostics.Where(diagnostic => diagnostic.Severity != Microsoft.CodeAnalysis.DiagnosticSeverity.Hidden)
            .Select(Diagnostic.FromCodeAnalysisDiagnostic)
            .ToArray();
        if (outcome.Exception is null && diagnostics.Length > 0)
            context.Publish(new DiagnosticsProduced(diagnostics, [new FormattedValue("text/plain", string.Join('\n', outcome.Error!.Traceback))], command));
    }
}
