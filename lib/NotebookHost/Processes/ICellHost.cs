using NotebookHost.Sessions;

namespace NotebookHost.Processes;

/// <summary>Runs the cells of a notebook in this process or in a separate process.</summary>
internal interface ICellHost : IAsyncDisposable
{
    /// <summary>Gets a value that indicates whether another cell can run. After it becomes false, it does not change.</summary>
    bool IsAlive { get; }

    /// <summary>Gets the consequence for a cell that does not stop on request, as the end of a sentence.</summary>
    string ForcedStopResult { get; }

    /// <summary>Waits until the host can start a cell immediately or has ended; this time is not included in the duration of a cell.</summary>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    Task ReadyAsync(CancellationToken stop);

    /// <summary>Runs a cell. On request, the host stops the cell, if necessary by force, and the outcome indicates that it was stopped.</summary>
    /// <param name="code">The text of the cell.</param>
    /// <param name="number">The number of the cell in error messages.</param>
    /// <param name="sink">The sink for the outputs of the cell.</param>
    /// <param name="stop">A token that stops the cell.</param>
    Task<CellOutcome> RunAsync(string code, int number, ICellSink sink, CancellationToken stop);
}
