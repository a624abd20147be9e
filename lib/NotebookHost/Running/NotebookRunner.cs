using NotebookHost.Export.Html;
using NotebookHost.Notebooks;

namespace NotebookHost.Running;

/// <summary>Runs notebooks from top to bottom, each in a session of its own and in the folder that its file lies in.</summary>
public sealed class NotebookRunner(NotebookRunOptions? options = null, IRunReport? report = null)
{
    private readonly NotebookRunOptions _options = options ?? new NotebookRunOptions();
    // cells may change the current directory
    private readonly string? _outputFolder = options?.OutputFolder is { } folder ? Path.GetFullPath(folder) : null;
    private readonly IRunReport _report = report ?? new Unwatched();

    /// <summary>Runs a notebook with some of its parameters set.</summary>
    /// <exception cref="NotebookFormatException">The file is not a C# notebook.</exception>
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

    /// <summary>Runs a notebook until its end, its first failing cell, one of its limits, or the request to stop.</summary>
    /// <remarks>
    /// A cell tagged "raises-exception" may fail; one tagged "skip-execution" is left as it is. A cell that is stopped, by a limit or
    /// from outside, keeps its outputs so far; without <see cref="Isolation.Process"/>, its thread may go on.
    /// </remarks>
    /// <exception cref="IOException">The executed copy cannot be written.</exception>
    public async Task<NotebookResult> RunAsync(NotebookJob job, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        var result = await new NotebookRun(job, _options, _report).ToEndAsync(cancellation).ConfigureAwait(false);
        if (_outputFolder is not null)
        {
            result = result with { CopyPath = Path.Combine(_outputFolder, job.CopyName) };
            job.Document.Write(result.CopyPath);
            if (_options.WritesPage)
                result = result with { PagePath = WritePage(job, result.CopyPath) };
        }
        if (_options.SavesSource && result.Status == RunStatus.Succeeded)
            result = result with { SaveProblem = job.Save() };
        _report.NotebookFinished(result);
        return result;
    }

    private string WritePage(NotebookJob job, string copy)
    {
        var path = Path.ChangeExtension(copy, ".html");
        AtomicFile.WriteAllText(path, HtmlPage.Write(job.Document, new HtmlPageOptions
        {
            Name = Path.GetFileNameWithoutExtension(copy),
            Folder = Path.GetDirectoryName(job.SourcePath),
            PlotlyScript = _options.PlotlyScript,
        }));
        return path;
    }

    private sealed class Unwatched : IRunReport;
}
