using System.Globalization;
using System.Text.Json.Nodes;
using NotebookHost.Checks;
using NotebookHost.Notebooks;
using NotebookHost.Processes;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>One run of one notebook.</summary>
internal sealed class NotebookRun(NotebookJob job, NotebookRunOptions options, IRunReport report)
{
    // the names in nbclient, papermill and Jupyter Book
    private const string SkipTag = "skip-execution";
    private const string RaisesTag = "raises-exception";

    private const string Stopped = "The run was stopped while this cell ran";

    private readonly OutputRecorder _recorder = new();

    public async Task<NotebookResult> ToEndAsync(CancellationToken cancellation)
    {
        var cells = job.Document.CodeCells.Where(cell => !cell.HasTag(SkipTag)).ToList();
        foreach (var cell in cells)
        {
            cell.Outputs.Clear();
            cell.ExecutionCount = null;
            cell.Metadata.Remove("execution");
        }
        cells.RemoveAll(cell => string.IsNullOrWhiteSpace(cell.Source));
        var began = options.Time.GetUtcNow();
        var started = options.Time.GetTimestamp();
        using var limit = TimeLimit.After(options.NotebookLimit, "notebook", options.Time);
        var results = new List<CellResult>();
        var status = RunStatus.Succeeded;

        report.NotebookStarted(job.Name, cells.Count);
        var host = Host();
        await using (host.ConfigureAwait(false))
        {
            await ReadyAsync(host, limit, cancellation).ConfigureAwait(false);
            while (results.Count < cells.Count && status == RunStatus.Succeeded)
            {
                if (cancellation.IsCancellationRequested)
                {
                    status = RunStatus.Interrupted;
                    break;
                }
                var result = await RunCellAsync(host, cells[results.Count], results.Count + 1, limit, cancellation).ConfigureAwait(false);
                results.Add(result);
                status = result.Verdict switch
                {
                    CellVerdict.Failed => RunStatus.Failed,
                    CellVerdict.Interrupted => RunStatus.Interrupted,
                    _ => RunStatus.Succeeded,
                };
            }
        }
        _recorder.Close();

        var error = status == RunStatus.Failed ? results[^1].Error : null;
        var run = results.Count;
        results.AddRange(cells.Skip(run).Select((cell, i) => new CellResult(run + i + 1, cell, CellVerdict.NotReached, TimeSpan.Zero)));
        var duration = options.Time.GetElapsedTime(started);
        return new NotebookResult(job.Name, status, job.Document, CopyPath: null, duration, run, cells.Count, error)
        {
            Cells = results,
            Started = began,
        };
    }

    private ICellHost Host()
    {
        var folder = Path.GetDirectoryName(job.SourcePath)!;
        return options.Isolation == Isolation.Process
            ? SessionProcess.Start(folder, options.Threads, options.Grace, options.Time)
            : InProcess(folder);
    }

    // a separate method, so that the compiler is loaded only if it is used
    private InProcessHost InProcess(string folder) => new(folder, options.Grace, options.Time);

    private static async Task ReadyAsync(ICellHost host, TimeLimit notebookLimit, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, notebookLimit.Token);
        try
        {
            await host.ReadyAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the first cell reports the cancellation
        }
    }

    private async Task<CellResult> RunCellAsync(
        ICellHost host, NotebookCell cell, int number, TimeLimit notebookLimit, CancellationToken cancellation)
    {
        cell.ExecutionCount = number;
        report.CellStarted(number, cell);
        var record = _recorder.Begin(cell, report);
        var started = options.Time.GetTimestamp();
        var began = options.Time.GetUtcNow();
        using var limit = TimeLimit.After(options.CellLimit, "cell", options.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token, notebookLimit.Token);
        var outcome = await host.RunAsync(CellCode.Of(cell), number, record, stop.Token).ConfigureAwait(false);
        if (outcome.Status == CellStatus.Failed && !host.IsAlive)
            ShowLostWarnings(cell, record);

        var (verdict, error) = (CellVerdict.Succeeded, outcome.Error);
        if (limit.IsExceeded || notebookLimit.IsExceeded)
            (verdict, error) = (CellVerdict.Failed, (limit.IsExceeded ? limit : notebookLimit).Error(outcome, host));
        else if (outcome.Status == CellStatus.Canceled || (outcome.Status == CellStatus.Failed && cancellation.IsCancellationRequested))
            (verdict, error) = (CellVerdict.Interrupted, new CellError(RunErrors.Interrupted, Stopped, outcome.Error?.Line, [Stopped]));
        else if (outcome.Status == CellStatus.Failed)
            verdict = host.IsAlive && (options.AllowErrors || cell.HasTag(RaisesTag)) ? CellVerdict.ErrorAllowed : CellVerdict.Failed;
        if (error is not null)
            record.Error(error);
        NotebookCell.Put(cell.Metadata, "execution", new JsonObject
        {
            ["iopub.execute_input"] = Iso(began),
            ["shell.execute_reply"] = Iso(options.Time.GetUtcNow()),
        });
        var result = new CellResult(number, cell, verdict, options.Time.GetElapsedTime(started), error);
        report.CellFinished(result.Duration, verdict == CellVerdict.Interrupted ? null : error);
        return result;
    }

    // a separate method, so that the compiler is loaded only if it is used
    private void ShowLostWarnings(NotebookCell cell, OutputRecorder.CellRecord record)
    {
        if (LostWarnings.Of(job.Document, cell, Path.GetDirectoryName(job.SourcePath)!) is { } warnings)
            record.Display(Guid.NewGuid().ToString("N"), warnings);
    }

    private static string Iso(DateTimeOffset time)
        => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
