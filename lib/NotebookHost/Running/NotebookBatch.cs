using NotebookHost.Notebooks;

namespace NotebookHost.Running;

/// <summary>What a batch runs and where its results go.</summary>
/// <param name="Paths">The notebooks, in the order to run them.</param>
/// <param name="OutputFolder">The folder for executed copies and their index page.</param>
public sealed record BatchOptions(IReadOnlyList<string> Paths, string OutputFolder)
{
    /// <summary>Settings by parameter name; with several notebooks, each takes those that it declares.</summary>
    /// <value>None.</value>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>What time it is.</summary>
    /// <value>The system's clock.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>Runs several notebooks one after the other and leaves their copies with a page that lists them.</summary>
public sealed class NotebookBatch
{
    /// <summary>The page's file name.</summary>
    public const string IndexName = "index.html";

    private readonly BatchOptions _options;
    private readonly List<NotebookJob> _jobs;

    private NotebookBatch(BatchOptions options, List<NotebookJob> jobs)
    {
        _options = options;
        _jobs = jobs;
    }

    /// <summary>Reads and checks every notebook before the first one runs.</summary>
    /// <exception cref="NotebookFormatException">A file is no C# notebook.</exception>
    /// <exception cref="RunUsageException">Something asked for does not exist, or a copy would replace a notebook.</exception>
    public static NotebookBatch Load(BatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        // cells may change the current directory
        options = options with { OutputFolder = Path.GetFullPath(options.OutputFolder) };
        var jobs = options.Paths.Select(NotebookJob.Load).ToList();
        RefuseCollisions(jobs, options.OutputFolder);
        SetParameters(jobs, options.Parameters);
        return new NotebookBatch(options, jobs);
    }

    /// <summary>Runs the notebooks; a failing one does not keep the others from running, a request to stop does.</summary>
    /// <exception cref="IOException">A copy or the page cannot be written.</exception>
    public async Task<IReadOnlyList<NotebookResult>> RunAsync(IRunReport? report = null, CancellationToken cancellation = default)
    {
        var runner = new NotebookRunner(new NotebookRunOptions { OutputFolder = _options.OutputFolder, Time = _options.Time }, report);
        var results = new List<NotebookResult>();
        foreach (var job in _jobs)
        {
            results.Add(await runner.RunAsync(job, cancellation).ConfigureAwait(false));
            AtomicFile.WriteAllText(Path.Combine(_options.OutputFolder, IndexName), IndexPage.Write(results, _options.Time.GetUtcNow()));
            if (results[^1].Status == RunStatus.Interrupted)
                break;
        }
        return results;
    }

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

    private static void SetParameters(List<NotebookJob> jobs, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        if (jobs.Count == 1)
        {
            jobs[0].Set(parameters);
            return;
        }
        var known = jobs.SelectMany(job => job.ParameterNames).Distinct(StringComparer.Ordinal).ToList();
        foreach (var (name, _) in parameters)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                var those = known.Count == 0 ? "they declare none" : $"they declare {string.Join(", ", known)}";
                throw new RunUsageException($"None of the notebooks has a parameter '{name}'; {those}.");
            }
        }
        foreach (var job in jobs)
            job.Set(parameters.Where(parameter => job.ParameterNames.Contains(parameter.Key, StringComparer.Ordinal)));
    }
}
