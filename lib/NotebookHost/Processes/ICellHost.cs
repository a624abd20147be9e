using NotebookHost.Sessions;

namespace NotebookHost.Processes;

/// <summary>Runs a notebook's cells, in this process or in one of their own.</summary>
internal interface ICellHost : IAsyncDisposable
{
    /// <summary>Gets whether another cell can run. Once false, it stays so.</summary>
    bool IsAlive { get; }

    /// <summary>Gets what happens to a cell that does not stop when asked, as the end of a sentence.</summary>
    string Abandonment { get; }

    /// <summary>Waits until a cell would start at once or the host has ended; the time until then is not part of a cell's time.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    Task ReadyAsync(CancellationToken stop);

    /// <summary>Runs a cell. A cell that is asked to stop is stopped, by force if need be, and the outcome says so.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="number">The number by which error messages name the cell.</param>
    /// <param name="sink">Takes the cell's outputs.</param>
    /// <param name="stop">Stops the cell.</param>
    Task<CellOutcome> RunAsync(string code, int number, ICellSink sink, CancellationToken stop);
}
