using System.Runtime.InteropServices;

namespace NotebookHost.Cli;

/// <summary>Ctrl-C, or a polite kill, as a token instead of the process's end. The second one ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, Cli.ExitCode.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, Cli.ExitCode.Terminated));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What the process tells its caller when it was interrupted.</summary>
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
