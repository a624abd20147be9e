namespace NotebookHost.Jupyter;

/// <summary>Stops the running cell on request from another thread.</summary>
#pragma warning disable CA1001 // the sources are not disposed of, because a request on another thread may still use them
internal sealed class Interrupts
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _running;

    /// <summary>Starts a cell; until the end of the scope, requests stop this cell.</summary>
    public Scope Begin()
    {
        lock (_gate)
            return new Scope(this, _running = new CancellationTokenSource());
    }

    /// <summary>Requests the running cell to stop; without a running cell, there is no effect.</summary>
    public void Request()
    {
        CancellationTokenSource? running;
        lock (_gate)
            running = _running;
        // outside the lock, because cancellation may run code of the cell
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
