namespace NotebookHost.Jupyter;

/// <summary>Stops the running cell on request, which comes from another thread.</summary>
#pragma warning disable CA1001 // a source is left to the collector: a request on another thread may hold it still
internal sealed class Interrupts
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _running;

    /// <summary>Starts a cell; until the end of the scope, requests are for it.</summary>
    public Scope Begin()
    {
        lock (_gate)
            return new Scope(this, _running = new CancellationTokenSource());
    }

    /// <summary>Asks the running cell to stop; with none running, nothing happens.</summary>
    public void Request()
    {
        CancellationTokenSource? running;
        lock (_gate)
            running = _running;
        // not within the lock: cancelling may run the cell's own code
        running?.Cancel();
    }

    internal sealed class Scope(Interrupts owner, CancellationTokenSource source) : IDisposable
    {
        public CancellationToken Token => source.Token;

        public void Dispose()
        {
            lock (owner._gate)
                owner._running = null;
        }
    }
}
