using NotebookHost.Notebooks;

namespace NotebookHost.Running;

/// <summary>Runs several notebooks, side by side where the machine allows, and writes their executed copies and a page that lists them.</summary>
public sealed class NotebookBatch
{
    /// <summary>The page's file name.</summary>
    public const string IndexName = "index.html";

    private const int CoresPerJob = 2;
    private const long BytesPerJob = 2L << 30;

    private readonly BatchOptions _options;
    private readonly List<NotebookJob> _jobs;

    private NotebookBatch(BatchOptions options, List<NotebookJob> jobs, List<string> refusals)
    {
        _options = options;
        _jobs = jobs;
        Refusals = refusals;
        SideBySide = Math.Clamp(options.Jobs ?? Affordable(), 1, Math.Max(1, jobs.Count));
    }

    /// <summary>Gets the notebooks, in order.</summary>
    public IReadOnlyList<NotebookJob> Jobs => _jobs;

    /// <summary>Gets why files do not run, one sentence for each: notebooks of other languages, files that are not notebooks.</summary>
    public IReadOnlyList<string> Refusals { get; }

    /// <summary>Gets how many of them run at once.</summary>
    public int SideBySide { get; }

    /// <summary>Reads and checks every notebook before the first one runs. Files that are not C# notebooks do not keep the others from running.</summary>
    /// <exception cref="NotebookFormatException">No file is a C# notebook.</exception>
    /// <exception cref="RunUsageException">
    /// Something asked for does not exist, a copy would replace a notebook, or the results cannot be written where they are to go.
    /// </exception>
    public static NotebookBatch Load(BatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        // cells may change the current directory
        options = options with { OutputFolder = Path.GetFullPath(options.OutputFolder) };
        var (jobs, refusals) = LoadJobs(options.Paths);
        RefuseCollisions(jobs, options.OutputFolder);
        if (options.Run.WritesPage && jobs.Find(job => Path.ChangeExtension(job.CopyName, ".html") == IndexName) is { } index)
            throw new RunUsageException($"The page of {index.Name} would take the place of the list of all, {IndexName}; rename the notebook.");
        if (options.Run.SavesSource && jobs.Find(job => NotebookDocument.IsDib(job.SourcePath)) is { } dib)
            throw new RunUsageException($"{dib.Name} holds no outputs, so there is nothing to save in it; save it as an .ipynb first.");
        if (options.Run.SavesSource && (options.Smoke || options.Parameters.Count > 0))
            throw new RunUsageException("Notebooks are saved with the settings that they show; leave --save out, or set them in the notebook.");
        RefuseUnknown(jobs, options.Parameters);
        foreach (var job in jobs)
            job.Set(Settings(job, options, isAlone: jobs.Count == 1));
        OutputLocation.RequireFolder(options.OutputFolder);
        if (options.Run.SavesSource)
        {
            foreach (var folder in jobs.Select(job => Path.GetDirectoryName(job.SourcePath)!).Distinct(StringComparer.Ordinal))
                OutputLocation.RequireFolder(folder);
        }
        return new NotebookBatch(options, jobs, refusals);
    }

    /// <summary>Runs the notebooks; a failing one does not keep the others from running, a request to stop does.</summary>
    /// <param name="report">Returns the report of a notebook's run.</param>
    /// <param name="cancellation">Stops those that run, and starts no other.</param>
    /// <returns>The results of those that were started, in order.</returns>
    /// <exception cref="IOException">A copy or the page cannot be written.</exception>
    public async Task<IReadOnlyList<NotebookResult>> RunAsync(
        Func<NotebookJob, IRunReport>? report = null, CancellationToken cancellation = default)
    {
        var run = _options.Run with
        {
            OutputFolder = _options.OutputFolder,
            Threads = SideBySide > 1 ? Math.Max(1, Environment.ProcessorCount / SideBySide) : null,
        };
        var results = new NotebookResult?[_jobs.Count];
        var gate = new Lock();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, _jobs.Count),
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide },
            async (i, failed) =>
            {
                if (cancellation.IsCancellationRequested)
                    return;
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, failed);
                var runner = new NotebookRunner(run, report?.Invoke(_jobs[i]));
                var result = await runner.RunAsync(_jobs[i], stop.Token).ConfigureAwait(false);
                lock (gate)
                {
                    results[i] = result;
                    var page = IndexPage.Write([.. results.OfType<NotebookResult>()], run.Time.GetUtcNow());
                    AtomicFile.WriteAllText(Path.Combine(_options.OutputFolder, IndexName), page);
                }
            }).ConfigureAwait(false);
        return [.. results.OfType<NotebookResult>()];
    }

    private static (List<NotebookJob> Jobs, List<string> Refusals) LoadJobs(IReadOnlyList<string> paths)
    {
        var (jobs, refusals) = (new List<NotebookJob>(), new List<string>());
        NotebookFormatException? first = null;
        foreach (var path in paths)
        {
            try
            {
                jobs.Add(NotebookJob.Load(path));
            }
            catch (NotebookFormatException error)
            {
                first ??= error;
                refusals.Add(error.Message);
            }
        }
        return jobs.Count > 0 || first is null ? (jobs, refusals) : throw new NotebookFormatException(string.Join('\n', refusals), first);
    }

    private static int Affordable()
        => (int)Math.Min(Environment.ProcessorCount / CoresPerJob, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BytesPerJob);

    private static void RefuseCollisions(List<NotebookJob> jobs, string outputFolder)
    {
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var job in jobs)
        {
            if (!sources.TryAdd(job.CopyName, job.SourcePath))
                throw new RunUsageException($"{sources[job.CopyName]} and {job.SourcePath} would have the same copy; run one of them.");
            if (Path.GetDirectoryName(job.SourcePath) == outputFolder)
                throw new RunUsageException($"The copy of {job.Name} would replace the notebook itself; choose another folder with --out.");
        }
    }

    // one notebook alone says itself what it does not have
    private static void RefuseUnknown(List<NotebookJob> jobs, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        if (parameters.Count == 0 || jobs.Count == 1)
            return;
        var known = jobs.SelectMany(job => job.ParameterNames).Distinct(StringComparer.Ordinal).ToList();
        foreach (var (name, _) in parameters)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                var those = known.Count == 0 ? "they declare none" : $"they declare {string.Join(", ", known)}";
                throw new RunUsageException($"None of the notebooks has a parameter '{name}'; {those}.");
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Settings(NotebookJob job, BatchOptions options, bool isAlone)
    {
        var asked = isAlone || options.Parameters.Count == 0
            ? options.Parameters
            : [.. options.Parameters.Where(parameter => job.ParameterNames.Contains(parameter.Key, StringComparer.Ordinal))];
        return options.Smoke ? [.. job.SmokeSettings.ExceptBy(asked.Select(setting => setting.Key), setting => setting.Key), .. asked] : asked;
    }
}
