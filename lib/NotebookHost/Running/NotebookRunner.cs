using NotebookHost.Export.Html;
using NotebookHost.Notebooks;

namespace NotebookHost.Running;

/// <summary>Runs notebooks from top to bottom, each in its own session and with the folder of its file as the working directory.</summary>
public sealed class NotebookRunner(NotebookRunOptions? options = null, IRunReport? report = null)
{
    private readonly NotebookRunOptions _options = options ?? new NotebookRunOptions();
    // cells may change the current directory
    private readonly string? _outputFolder = options?.OutputFolder is { } folder ? Path.GetFullPath(folder) : null;
    private readonly IRunReport _report = report ?? new Unwatched();

    /// <summary>Runs a notebook with parameters.</summary>
    /// <exception cref="NotebookFormatException">The file is not a C# notebook.</exception>
    /// <exception cref="RunUsageException">The file or a parameter does not exist, or a value is not valid.</exception>
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

    /// <summary>Runs a notebook until its end, its first failed cell, a time limit or a request to stop.</summary>
    /// <remarks>
    /// A cell with the tag "raises-exception" may fail; a cell with the tag "skip-execution" is not run. A cell that is stopped, by a limit or
    /// on request, keeps its previous outputs; without <see cref="Isolation.Process"/>, its thread may continue.
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
