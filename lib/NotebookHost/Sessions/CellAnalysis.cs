using Microsoft.CodeAnalysis.CSharp;
using NotebookHost.Analysis;

namespace NotebookHost.Sessions;

/// <summary>Runs the analyzers of the referenced libraries on the cells of a session, in parallel with their execution.</summary>
/// <param name="folder">The folder of the session, whose <c>.editorconfig</c> applies.</param>
internal sealed class CellAnalysis(string folder)
{
    private readonly CellAnalyzers _analyzers = new();
    private readonly Lazy<EditorConfig> _config = new(() => EditorConfig.Of(folder));
    private bool _isOff;

    /// <summary>Starts the analysis of a cell.</summary>
    /// <param name="script">The cell, without errors.</param>
    /// <param name="files">The files of the analyzers.</param>
    /// <returns>The pending analysis; null if there are no analyzers.</returns>
    public PendingWarnings? Start(CSharpCompilation script, IReadOnlyList<string> files)
    {
        if (_isOff || files.Count == 0)
            return null;
        var stop = new CancellationTokenSource();
        var found = new TaskCompletionSource<IReadOnlyList<CellWarning>>(TaskCreationOptions.RunContinuationsAsynchronously);
        // not on the thread pool, because the notebook may use all its threads; the cell has a higher priority
        new Thread(() => Analyze(script, files, found, stop.Token)) { IsBackground = true, Name = "analyze a cell", Priority = ThreadPriority.BelowNormal }.Start();
        return new PendingWarnings(found.Task, stop);
    }

    /// <summary>Waits for the end of an analysis.</summary>
    /// <param name="pending">The analysis.</param>
    /// <param name="stop">A token that stops the cell and the wait.</param>
    /// <returns>The warnings, and sentences about analyzers that failed.</returns>
    public async Task<(IReadOnlyList<CellWarning> Warnings, IReadOnlyList<string> Failures)> EndAsync(PendingWarnings pending, CancellationToken stop)
    {
        try
        {
            var warnings = await pending.Found.WaitAsync(CellAnalyzers.MaxTime, stop).ConfigureAwait(false);
            return ([.. warnings.Where(warning => warning.IsWarning)], _analyzers.TakeFailures());
        }
        catch (OperationCanceledException)
        {
            // the cell or its analysis was stopped
            return ([], _analyzers.TakeFailures());
        }
        catch (TimeoutException)
        {
            _isOff = true;
            return ([], [.. _analyzers.TakeFailures(), $"The analyzers took more than {CellAnalyzers.MaxTime.TotalSeconds:0} seconds for this cell and are disabled."]);
        }
        finally
        {
            await pending.Stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private void Analyze(CSharpCompilation script, IReadOnlyList<string> files, TaskCompletionSource<IReadOnlyList<CellWarning>> found, CancellationToken stop)
    {
        try
        {
            found.SetResult(_analyzers.Analyze(script, files, _config.Value, stop));
        }
#pragma warning disable CA1031 // the exception is thrown when the warnings are awaited
        catch (Exception error)
#pragma warning restore CA1031
        {
            found.SetException(error);
        }
    }
}

/// <summary>A pending analysis.</summary>
/// <param name="Found">The task that returns the warnings.</param>
/// <param name="Stop">The source that stops the analysis.</param>
internal sealed record PendingWarnings(Task<IReadOnlyList<CellWarning>> Found, CancellationTokenSource Stop);
