using NotebookHost.Notebooks;
using NotebookHost.Running;

namespace Notebooks.Tests.Running;

/// <summary>
/// Runs the chapters that <see cref="QuickRunTests"/> is asked for, and the solutions of their exercises, with their quick settings: one on each core,
/// each in a separate process, without downloads. Each test waits only for its own chapter.
/// </summary>
public sealed class QuickRuns : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chapters-").FullName;
    private readonly TaskCompletionSource _enough = new();
    private readonly Dictionary<string, TaskCompletionSource<NotebookResult>> _results = new(StringComparer.Ordinal);
    private Task? _runs;

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Waits until a chapter has run.</summary>
    public async Task<NotebookResult> Of(string chapter)
    {
        _runs ??= Start();
        var result = _results[chapter].Task;
        // a batch that fails leaves chapters without a result
        await Task.WhenAny(result, _runs);
        if (!result.IsCompleted)
            await _runs;
        return await result;
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        _enough.SetResult();
        await (_runs ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Directory.Delete(_folder, recursive: true);
    }

    // with the first case, not with the class: only then is it known which cases there are
    private Task Start()
    {
        var chapters = AskedFor.Of(typeof(QuickRunTests));
        var paths = chapters.Select(chapter => Path.Combine(CourseTable.Folder, chapter)).ToList();
        var batch = NotebookBatch.Load(new BatchOptions(paths, Path.Combine(_folder, "executed"))
        {
            Smoke = true,
            Jobs = Environment.ProcessorCount,
            Run = new NotebookRunOptions { Isolation = Isolation.Process },
        });
        foreach (var job in batch.Jobs)
            FoldedSolutions.Unfold(job.Document);
        foreach (var chapter in chapters)
            _results.Add(chapter, new TaskCompletionSource<NotebookResult>(TaskCreationOptions.RunContinuationsAsynchronously));
        return Task.Run(() => RunAsync(batch));
    }

    private async Task RunAsync(NotebookBatch batch)
    {
        using var offline = new OfflineDatasets();
        using var stop = new CancellationTokenSource();
        var run = batch.RunAsync(job => new Report(_results[job.Name]), stop.Token);
        await Task.WhenAny(run, _enough.Task);
        await stop.CancelAsync();
        await run;
    }

    private sealed class Report(TaskCompletionSource<NotebookResult> ended) : IRunReport
    {
        public void NotebookFinished(NotebookResult result) => ended.TrySetResult(result);
    }
}
