using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Kernels;
using NotebookHost.Processes;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>Runs cells in this process. A cell that does not stop on request is abandoned: its threads may continue, and their output is ignored.</summary>
internal sealed class InProcessHost : ICellHost
{
    private readonly CSharpSession _session;
    private readonly TimeSpan _grace;
    private readonly TimeProvider _time;

    public InProcessHost(string folder, TimeSpan grace, TimeProvider time)
    {
        _grace = grace;
        _time = time;
        // formatters belong to the process, and a notebook must not use those of the previous notebook
        Formatter.ResetToDefault();
        _session = new CSharpSession(new SessionOptions { WorkingDirectory = folder, Time = time });
    }

    public bool IsAlive { get; private set; } = true;

    public string ForcedStopResult => "it was abandoned";

    public Task ReadyAsync(CancellationToken stop) => _session.Ready.WaitAsync(stop);

    public async Task<CellOutcome> RunAsync(string code, int number, ICellSink sink, CancellationToken stop)
    {
        _session.ExecutionCount = number - 1;
        var run = _session.RunAsync(code, sink, stop);
        try
        {
            return await run.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the session uses the same token
        }
        try
        {
            return await run.WaitAsync(_grace, _time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            IsAlive = false;
            return new CellOutcome(CellStatus.Canceled, number);
        }
    }

    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        return ValueTask.CompletedTask;
    }
}
