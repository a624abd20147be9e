using NotebookHost.Notebooks;

namespace NotebookHost.Running;

/// <summary>Runs several notebooks, in parallel if the machine has enough resources, and writes their executed copies and a page that lists them.</summary>
public sealed class NotebookBatch
{
    /// <summary>The file name of the page.</summary>
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

    /// <summary>Gets the reasons why files are not run, one sentence each: notebooks in other languages and files that are not notebooks.</summary>
    public IReadOnlyList<string> Refusals { get; }

    /// <summary>Gets the number of notebooks that run in parallel.</summary>
    public int SideBySide { get; }

    /// <summary>Reads and checks all notebooks before the first one runs. The other notebooks run even if some files are not C# notebooks.</summary>
    /// <exception cref="NotebookFormatException">No file is a C# notebook.</exception>
    /// <exception cref="RunUsageException">
    /// A notebook or a parameter does not exist, a copy would replace a notebook, or the results cannot be written.
    /// </exception>
    public static NotebookBatch Load(BatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        // cells may change the current directory
        options = options with { OutputFolder = Path.GetFullPath(options.OutputFolder) };
        var (jobs, refusals) = LoadJobs(options.Paths);
        RefuseCollisions(jobs, options.OutputFolder);
        if (options.Run.WritesPage && jobs.Find(job => Path.ChangeExtension(job.CopyName, ".html") == IndexName) is { } index)
            throw new RunUsageException($"The page of {index.Name} would replace the list of notebooks, {IndexName}; rename the notebook.");
        if (options.Run.SavesSource && jobs.Find(job => NotebookDocument.IsDib(job.SourcePath)) is { } dib)
            throw new RunUsageException($"{dib.Name} cannot contain outputs; convert it to an .ipynb file before using --save.");
        if (options.Run.SavesSource && (options.Smoke || options.Parameters.Count > 0))
            throw new RunUsageException("Notebooks are saved with their own settings; omit --save, or change the settings in the notebook.");
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

    /// <summary>Runs the notebooks. After a failed notebook, the others still run; after a request to stop, they do not.</summary>
    /// <param name="report">A function that returns the report for a notebook.</param>
    /// <param name="cancellation">A token that stops running notebooks and prevents the start of others.</param>
    /// <returns>The results of the started notebooks, in order.</returns>
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
                throw new RunUsageException($"The copy of {job.Name} would replace the notebook; specify another folder with --out.");
        }
    }

    // a single notebook reports its unknown parameters itself
    private static void RefuseUnknown(List<NotebookJob> jobs, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        if (parameters.Count == 0 || jobs.Count == 1)
            return;
        var known = jobs.SelectMany(job => job.ParameterNames).Distinct(StringComparer.Ordinal).ToList();
        foreach (var (name, _) in parameters)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                var those = known.Count == 0 ? "they declare no parameters" : $"they declare {string.Join(", ", known)}";
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
