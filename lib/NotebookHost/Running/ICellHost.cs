using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>Where a notebook's cells run: in this process, or in one of their own.</summary>
internal interface ICellHost : IAsyncDisposable
{
    /// <summary>Whether another cell can run. Once false, it stays so.</summary>
    bool IsAlive { get; }

    /// <summary>What becomes of a cell that does not stop when asked, as the end of a sentence.</summary>
    string Abandonment { get; }

    /// <summary>Ends when a cell would start at once, or the host is no more: what was spent until then is no cell's time.</summary>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    Task ReadyAsync(CancellationToken stop);

    /// <summary>Runs a cell. When asked to stop it does so, by force if need be, and says so in the outcome.</summary>
    Task<CellOutcome> RunAsync(string code, ICellSink sink, CancellationToken stop);
}
