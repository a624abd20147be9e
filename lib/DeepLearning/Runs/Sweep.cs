using System.Globalization;
using System.Reflection;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>
/// Trains every run of a list and keeps each in a folder: a finished run is not trained again, an interrupted run continues to bit-equal results,
/// and a failed run is recorded and does not stop the others.
/// </summary>
/// <remarks>
/// Several processes may work on the same folder at once: each run is trained by the process that claims it first. They are processes and not
/// threads because libtorch has one default random stream, from which weights, orders and dropout are drawn: threads would take numbers from each
/// other, and no run could be repeated. Start them with <see cref="SweepWorkers"/>, with <c>mpirun -np N</c>, or by hand. Tutorial 004, Hyperparameter
/// Tuning and Training Multiple Networks.
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

    /// <summary>Trains the runs that have not ended, and returns all.</summary>
    /// <typeparam name="T">A record of settings, or <see cref="Run"/>.</typeparam>
    /// <param name="runs">The settings of each run, from <see cref="RunBuilder"/> or written by hand; equal ones are one run.</param>
    /// <param name="setup">
    /// Returns what is trained for the settings and a seed. Before each call, the default random stream starts from the seed.
    /// </param>
    /// <param name="options">The options.</param>
    /// <param name="cancellation">Ends the sweep after the current batch; the next sweep continues from the last checkpoint.</param>
    /// <returns>All runs, also those of earlier sweeps and of other processes.</returns>
    /// <exception cref="ArgumentException">A setting has a type that settings cannot have, or the name of a column of the results.</exception>
    /// <exception cref="InvalidDataException">A run's record is damaged.</exception>
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
            throw new ArgumentException($"A setting is named '{SeedName}', which the sweep uses: give the seeds as SweepOptions.Seeds.", nameof(settings));
        ResultsColumns.Check(settings, metrics: []);
        return settings;
    }

    /// <summary>Returns the version of a program's build; code that is compiled in memory has a new one each time, which says nothing.</summary>
    private static string VersionOf(Module module) => module.Assembly.Location.Length > 0 ? module.ModuleVersionId.ToString() : "";

    private static void ReadBefore(List<PlannedRun> plan, SweepOptions options)
    {
        foreach (var run in plan)
            run.ReadBefore(options.RetryFailed);
        int Count(RunState state) => plan.Count(run => run.Record?.State == state);
        options.Report(string.Create(CultureInfo.InvariantCulture, $"{plan.Count} runs in {Path.GetFullPath(options.Folder)}")
            + (Count(RunState.Finished) is > 0 and var finished ? $"; {finished} finished before" : "")
            + (Count(RunState.Pruned) is > 0 and var pruned ? $"; {pruned} pruned before" : "")
            + (Count(RunState.Failed) is > 0 and var failed ? $"; {failed} failed before (RetryFailed = true trains them again)" : ""));
    }

    /// <summary>Trains every run that no other process has claimed.</summary>
    /// <returns>false if all runs that have not ended are claimed.</returns>
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
