using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>Where a run puts its copy, and what it starts from.</summary>
public sealed record NotebookRunOptions
{
    /// <summary>The folder that executed copies are written to, created when missing.</summary>
    /// <value>null: no copy is written; the executed notebook is in <see cref="NotebookResult.Document"/>.</value>
    public string? OutputFolder { get; init; }

    /// <summary>What time it is, for the timings in the copy.</summary>
    /// <value>The system's clock.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>Runs notebooks from top to bottom, each in a session of its own and in the folder that its file lies in.</summary>
public sealed class NotebookRunner(NotebookRunOptions? options = null, IRunReport? report = null)
{
    private const string Stopped = "The run was stopped while this cell ran";

    private readonly NotebookRunOptions _options = options ?? new NotebookRunOptions();
    // cells may change the current directory
    private readonly string? _outputFolder = options?.OutputFolder is { } folder ? Path.GetFullPath(folder) : null;
    private readonly IRunReport _report = report ?? new Unwatched();

    /// <summary>Runs a notebook with some of its parameters set.</summary>
    /// <exception cref="NotebookFormatException">The file is no C# notebook.</exception>
    /// <exception cref="RunUsageException">There is no such file or parameter, or a value does not fit.</exception>
    /// <exception cref="IOException">The executed copy cannot be written.</exception>
    public Task<NotebookResult> RunAsync(
        string path,
        IEnumerable<KeyValuePair<string, string>>? parameters = null,
        CancellationToken cancellation = default)
    {
        var job = NotebookJob.Load(path);
        job.Set(parameters ?? []);
        return RunAsync(job, cancellation);
    }

    /// <summary>Runs a notebook until its end, its first failing cell, or the request to stop.</summary>
    /// <remarks>
    /// On the request to stop, a cell that does not heed it is left behind: its thread may go on, its outputs are no longer recorded.
    /// </remarks>
    /// <exception cref="IOException">The executed copy cannot be written.</exception>
    public async Task<NotebookResult> RunAsync(NotebookJob job, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        foreach (var cell in job.Document.CodeCells)
        {
            cell.Outputs.Clear();
            cell.ExecutionCount = null;
            cell.Metadata.Remove("execution");
        }
        var cells = job.Document.CodeCells.Where(cell => !string.IsNullOrWhiteSpace(cell.Source)).ToList();
        // formatters are the process's; a notebook must not inherit those of the one before
        Formatter.ResetToDefault();
        var recorder = new OutputRecorder();
        var started = _options.Time.GetTimestamp();
        var status = RunStatus.Succeeded;
        CellError? error = null;
        var cellsRun = 0;

        _report.NotebookStarted(job.Name, cells.Count);
        using (var session = new CSharpSession(new SessionOptions
        {
            WorkingDirectory = Path.GetDirectoryName(job.SourcePath)!,
            Time = _options.Time,
        }))
        {
            while (cellsRun < cells.Count && status == RunStatus.Succeeded)
            {
                var cell = cells[cellsRun++];
                _report.CellStarted(cellsRun, cell);
                (status, error) = await RunCellAsync(session, recorder, cell, cellsRun, cancellation).ConfigureAwait(false);
            }
        }
        recorder.Close();

        var copy = _outputFolder is not null ? Path.Combine(_outputFolder, job.CopyName) : null;
        if (copy is not null)
            job.Document.Write(copy);
        var result = new NotebookResult(
            job.Name, status, job.Document, copy, _options.Time.GetElapsedTime(started), cellsRun, cells.Count, error);
        _report.NotebookFinished(result);
        return result;
    }

    private async Task<(RunStatus Status, CellError? Error)> RunCellAsync(
        CSharpSession session, OutputRecorder recorder, NotebookCell cell, int number, CancellationToken cancellation)
    {
        cell.ExecutionCount = number;
        var record = recorder.Begin(cell, _report);
        var started = _options.Time.GetTimestamp();
        var began = _options.Time.GetUtcNow();
        var (status, error) = (RunStatus.Interrupted, default(CellError));
        try
        {
            var outcome = await session.RunAsync(cell.Source, record, cancellation).WaitAsync(cancellation).ConfigureAwait(false);
            (status, error) = outcome.Status switch
            {
                CellStatus.Succeeded => (RunStatus.Succeeded, null),
                CellStatus.Failed => (RunStatus.Failed, outcome.Error),
                _ => (RunStatus.Interrupted, null),
            };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // status already says so
        }
        if (status == RunStatus.Interrupted)
            record.Error(new CellError("Interrupted", Stopped, Line: null, [Stopped]));
        else if (error is not null)
            record.Error(error);
        NotebookCell.Put(cell.Metadata, "execution", new JsonObject
        {
            ["iopub.execute_input"] = Iso(began),
            ["shell.execute_reply"] = Iso(_options.Time.GetUtcNow()),
        });
        _report.CellFinished(_options.Time.GetElapsedTime(started), error);
        return (status, error);
    }

    private static string Iso(DateTimeOffset time)
        => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private sealed class Unwatched : IRunReport;
}
