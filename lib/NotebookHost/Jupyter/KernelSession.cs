using System.Text.Json.Nodes;
using NotebookHost.Checks;
using NotebookHost.Notebooks;
using NotebookHost.Processes;
using NotebookHost.Sessions;

namespace NotebookHost.Jupyter;

/// <summary>
/// Runs a kernel's cells in a session process. If that process ends, a new one replaces it: the variables are lost, but the kernel continues, and
/// <c>#!rerun</c> reruns the cells of the lost session.
/// </summary>
/// <param name="folder">The working directory of cells.</param>
/// <param name="grace">The time that an interrupted cell has to stop before its process is ended.</param>
internal sealed class KernelSession(string folder, TimeSpan grace) : IAsyncDisposable
{
    // Jupyter kills a kernel that does not end within some seconds
    private static readonly TimeSpan _exitTimeout = TimeSpan.FromSeconds(1);

    private readonly PastCells _past = new();
    private volatile SessionProcess _process = Start(folder, grace);
    private volatile bool _isDisposed;

    /// <summary>Runs a cell, one at a time.</summary>
    /// <param name="request">The request to run it.</param>
    /// <param name="number">The number of the cell in messages.</param>
    /// <param name="output">The receiver of the outputs.</param>
    /// <param name="stop">A token that interrupts the cell.</param>
    /// <returns>The error; null for none.</returns>
    public CellError? Run(ExecuteRequest request, int number, PublishedOutput output, CancellationToken stop)
        => RunAsync(request, number, output, stop).GetAwaiter().GetResult();

    /// <summary>Answers a request about code that is being edited.</summary>
    /// <returns>The content of the reply.</returns>
    /// <exception cref="InvalidOperationException">There is no reply.</exception>
    public JsonObject Help(string type, JsonObject request)
        => JsonNode.Parse(_process.HelpAsync(type, request.ToJsonString()).GetAwaiter().GetResult())!.AsObject();

    /// <summary>Ends the session's process.</summary>
    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        return _process.CloseAsync(_exitTimeout);
    }

    private async Task<CellError?> RunAsync(ExecuteRequest request, int number, PublishedOutput output, CancellationToken stop)
    {
        if (!_process.IsAlive)
        {
            var how = _process.EndReason;
            await RestartAsync().ConfigureAwait(false);
            if (_past.HasLost)
                return SessionLoss.BetweenCells(how);
        }
        var code = request.Code;
        if (RerunCommand.TryParse(code, out var rest))
        {
            if (await RerunAsync(output, stop).ConfigureAwait(false) is { } failure)
                return failure;
            code = rest;
        }
        var error = await RunOneAsync(code, number, output, stop).ConfigureAwait(false);
        if (error is null && request.IsStored && code.Length > 0)
            _past.Add(new PastCell(number, code, request.CellId));
        return error;
    }

    /// <summary>Reruns the cells of the lost session without outputs, until one fails.</summary>
    private async Task<CellError?> RerunAsync(PublishedOutput output, CancellationToken stop)
    {
        var cells = _past.Lost;
        var progress = new RerunProgress(output, cells.Count);
        foreach (var cell in cells)
        {
            progress.Next(cell);
            if (await RunOneAsync(cell.Code, cell.Number, progress.Silenced, stop).ConfigureAwait(false) is { } error)
                return error;
        }
        _past.Restore();
        progress.Finish();
        return null;
    }

    private async Task<CellError?> RunOneAsync(string code, int number, ICellSink sink, CancellationToken stop)
    {
        var outcome = await _process.RunAsync(code, number, sink, stop).ConfigureAwait(false);
        if (_process.IsAlive)
            return outcome.Status == CellStatus.Canceled ? SessionLoss.Interrupted : outcome.Error;
        var ended = NotebookCell.Code(code);
        var notebook = NotebookDocument.Create([.. _past.InSession.Select(cell => NotebookCell.Code(cell.Code)), ended]);
        await RestartAsync().ConfigureAwait(false);
        if (outcome.Status == CellStatus.Failed && LostWarnings.Of(notebook, ended, folder) is { } warnings)
            sink.Display(Guid.NewGuid().ToString("N"), warnings);
        return outcome.Status == CellStatus.Canceled ? SessionLoss.Unstoppable(grace, _past.HasLost) : SessionLoss.WhileRunning(outcome.Error, _past.HasLost);
    }

    private async Task RestartAsync()
    {
        if (_isDisposed)
            return;
        var ended = _process;
        _process = Start(folder, grace);
        _past.Lose();
        await ended.CloseAsync(_exitTimeout).ConfigureAwait(false);
    }

    private static SessionProcess Start(string folder, TimeSpan grace) => SessionProcess.Start(folder, threads: null, grace, TimeProvider.System);
}
