using System.Globalization;
using System.Reflection;
using DeepLearning.Display;
using DeepLearning.Files;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>
/// Trains the runs of a list and keeps each run in a folder: a finished run is not trained again, an interrupted run continues to bit-equal results,
/// and a failed run is recorded and does not stop the others.
/// </summary>
/// <remarks>
/// Several processes can work on the same folder at once: the process that claims a run first trains it. Sweeps use processes instead of threads
/// because libtorch draws weights, orders and dropout from one default random generator: threads would interleave their random numbers, and no run
/// would be reproducible. Start processes with <see cref="SweepWorkers"/>, with <c>mpirun -np N</c>, or manually. Tutorial 004, Hyperparameter Tuning
/// and Training Multiple Networks.
/// </remarks>
/// <example>
/// <code>
/// var result = Sweep.Train(runs, (run, seed) => new RunSetup(
///     NetworkFactory.GetNetwork(run.Network, seed),
///     new BatchLoader(train, run.BatchSize, shuffle: true),
///     new BatchLoader(validation, 1000),
///     new TrainerOptions { Epochs = 5, Optimizer = parameters => optim.Adam(parameters, run.Lr) }));
/// result.Leaderboard()
/// </code>
/// </example>
public static class Sweep
{
    internal const string SeedName = ResultsColumns.Seed;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Trains the runs that have not ended, and returns all runs.</summary>
    /// <typeparam name="T">A record of settings, or <see cref="Run"/>.</typeparam>
    /// <param name="runs">The settings of each run, from <see cref="RunBuilder"/> or written by hand; equal settings are one run.</param>
    /// <param name="setup">
    /// A function that returns the model, data and options for settings and a seed. Before each call, the sweep seeds the default random generator.
    /// </param>
    /// <param name="options">The options.</param>
    /// <param name="cancellation">A token that ends the sweep after the current batch; the next sweep continues from the last checkpoint.</param>
    /// <returns>All runs, including those of earlier sweeps and of other processes.</returns>
    /// <exception cref="ArgumentException">A setting has an unsupported type, or the name of a column of the results.</exception>
    /// <exception cref="InvalidDataException">The record of a run is damaged.</exception>
    /// <exception cref="IOException">The folder cannot be created, or files cannot be written there.</exception>
    public static SweepResult Train<T>(
        IEnumerable<T> runs, Func<T, long, RunSetup> setup, SweepOptions? options = null, CancellationToken cancellation = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(setup);
        options ??= new SweepOptions();
        options.Check();
        var plan = Plan(runs, setup, options);
        var threads = get_num_threads();
        set_num_threads(options.Threads);
        try
        {
            ReadBefore(plan, options);
            if (plan.Exists(run => !run.HasEnded))
                PrepareFolder(options.Folder);
            while (plan.Exists(run => !run.HasEnded) && !cancellation.IsCancellationRequested)
            {
                if (!TrainUnclaimed(plan, options, cancellation))
                    cancellation.WaitHandle.WaitOne(_pause);
            }
        }
        finally
        {
            set_num_threads(threads);
        }
        return Result(plan, options);
    }

    // checked once before the first run, because each run would fail for the same reason
    private static void PrepareFolder(string folder)
    {
        try
        {
            AtomicFile.Prepare(Path.Combine(folder, "run.json"));
        }
        catch (IOException error)
        {
            var reason = (error.InnerException ?? error).Message;
            throw new IOException(
                $"The folder of the sweep, {Path.GetFullPath(folder)}, cannot be written: {reason} Set {nameof(SweepOptions)}.{nameof(SweepOptions.Folder)} to another folder.",
                error);
        }
    }

    private static List<PlannedRun> Plan<T>(IEnumerable<T> runs, Func<T, long, RunSetup> setup, SweepOptions options)
        where T : notnull
    {
        var version = options.CodeVersion ?? VersionOf(setup.Method.Module);
        var number = 0;
        return
        [
            .. runs.Select(settings => (Settings: settings, Run: Checked(Run.Of(settings)))).DistinctBy(run => run.Run)
                .SelectMany(_ => options.Seeds.Distinct(), (run, seed) => new PlannedRun(
                    ++number, run.Run.With(SeedName, seed), seed, () => setup(run.Settings, seed), options.Folder, version)),
        ];
    }

    private static Run Checked(Run settings)
    {
        if (settings.Names.Contains(SeedName))
            throw new ArgumentException($"A setting has the name '{SeedName}', which the sweep uses: set the seeds in SweepOptions.Seeds.", nameof(settings));
        ResultsColumns.Check(settings, metrics: []);
        return settings;
    }

    /// <summary>
    /// Returns the version of a program's build. Code that is compiled in memory has a new version each time, which is not meaningful.
    /// </summary>
    private static string VersionOf(Module module) => module.Assembly.Location.Length > 0 ? module.ModuleVersionId.ToString() : "";

    private static void ReadBefore(List<PlannedRun> plan, SweepOptions options)
    {
        foreach (var run in plan)
            run.ReadBefore(options.RetryFailed);
        int Count(RunState state) => plan.Count(run => run.Record?.State == state);
        options.Report(string.Create(CultureInfo.InvariantCulture, $"{Quantity.Text(plan.Count, "run")} in {Path.GetFullPath(options.Folder)}")
            + (Count(RunState.Finished) is > 0 and var finished ? $"; {finished} finished before" : "")
            + (Count(RunState.Pruned) is > 0 and var pruned ? $"; {pruned} pruned before" : "")
            + (Count(RunState.Failed) is > 0 and var failed ? $"; {failed} failed before (RetryFailed = true trains them again)" : ""));
    }

    /// <summary>Trains all runs that no other process has claimed.</summary>
    /// <returns>true if all runs have ended; false if other processes have claimed the remaining runs.</returns>
    private static bool TrainUnclaimed(List<PlannedRun> plan, SweepOptions options, CancellationToken cancellation)
    {
        var hasEnded = false;
        foreach (var run in plan.Where(run => !run.HasEnded))
        {
            if (cancellation.IsCancellationRequested || !run.Attempt(options, plan, cancellation))
                continue;
            hasEnded = true;
            options.Report(string.Create(CultureInfo.InvariantCulture, $"run {run.Number} of {plan.Count}: {run}"));
            var result = Result(plan, options);
            options.RunEnded?.Invoke(result);
        }
        return hasEnded;
    }

    private static SweepResult Result(List<PlannedRun> plan, SweepOptions options)
    {
        var result = new SweepResult([.. plan.Select(run => run.Result())], plan.Exists(run => !run.HasEnded)) { Objective = options.Objective };
        if (result.Runs.Any(run => run.Last is not null))
            result.Save(Path.Combine(options.Folder, "results"));
        return result;
    }
}
