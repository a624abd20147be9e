using System.Runtime.InteropServices;

namespace NotebookHost.Cli;

/// <summary>Converts Ctrl-C and SIGTERM to a cancellation. The second signal ends the process immediately.</summary>
internal sealed class InterruptSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public InterruptSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, Cli.ExitCode.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, Cli.ExitCode.Terminated));
    }

    /// <summary>Gets a token that the first signal cancels.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Gets the exit code of an interrupted process.</summary>
    public int ExitCode { get; private set; } = Cli.ExitCode.Interrupted;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested)
            Environment.Exit(exitCode);
        ExitCode = exitCode;
        _source.Cancel();
    }
}
