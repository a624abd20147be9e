using System.Globalization;
using System.Reflection;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>
/// Trains every run of a list and keeps each in a folder: one that has finished is not trained again, one that was interrupted goes on to the
/// bits of one that was not, and one that fails is recorded and stops no other.
/// </summary>
/// <remarks>
/// Several processes may work on the same folder at once: whoever comes to a run first trains it. They are processes and no threads because
/// libtorch has one default random stream, from which weights, orders and dropout are drawn: threads would take numbers from each other, and
/// no run would ever come out the same again. Seed 004, Hyperparameter Tuning and Training Multiple Networks.
/// </remarks>
/// <example>
/// <code>
/// var result = Sweep.Train(runs, (run, seed) => new RunSetup(
///     NetworkFactory.GetNetwork(run.Network, seed),
///     new BatchLoader(train, run.BatchSize, shuffle: true),
///     new BatchLoader(test, 1000),
///     new TrainerOptions { Epochs = 5, Optimizer = parameters => optim.Adam(parameters, run.Lr) }));
/// result.Leaderboard()
/// </code>
/// </example>
public static class Sweep
{
    internal const string SeedName = "seed";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Trains what is not trained yet, and returns all.</summary>
    /// <typeparam name="T">A record of settings, or <see cref="Run"/>.</typeparam>
    /// <param name="runs">The settings of each run, from <see cref="RunBuilder"/> or written by hand; equal ones are one run.</param>
    /// <param name="setup">What to train for the settings and a seed, from which the default random stream has just been started.</param>
    /// <param name="options">Where, from which seeds, and in how many processes.</param>
    /// <param name="cancellation">Ends after the batch in hand; the next sweep goes on from the last checkpoint.</param>
    /// <exception cref="ArgumentException">The settings are none that a run can be found again by.</exception>
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
        using var helpers = SweepHelpers.Start(plan, options, setup.Method);
        if (helpers.IsHelper)
            options = options with { Report = _ => { }, RunEnded = null, RetryFailed = false };
        var threads = get_num_threads();
        set_num_threads(options.Threads);
        try
        {
            ReadBefore(plan, options);
            while (plan.Exists(run => !run.HasEnded) && !cancellation.IsCancellationRequested)
            {
                if (!TrainFree(plan, options, cancellation))
                    cancellation.WaitHandle.WaitOne(_pause);
            }
        }
        finally
        {
            set_num_threads(threads);
        }
        helpers.LeaveIfHelper();
        return Result(plan, options);
    }

    private static List<PlannedRun> Plan<T>(IEnumerable<T> runs, Func<T, long, RunSetup> setup, SweepOptions options)
        where T : notnull
    {
        var version = options.CodeVersion ?? VersionOf(setup.Method.Module);
        var number = 0;
        return
        [
            .. runs.SelectMany(_ => options.Seeds, (settings, seed) => (Settings: settings, Seed: seed))
                .DistinctBy(run => (Run.Of(run.Settings).ToString(), run.Seed))
                .Select(run => new PlannedRun(
                    ++number, Named(Run.Of(run.Settings), run.Seed), run.Seed, () => setup(run.Settings, run.Seed), options.Folder, version)),
        ];
    }

    private static Run Named(Run settings, long seed) => settings.Names.Contains(SeedName)
        ? throw new ArgumentException($"A setting is called '{SeedName}', which is the sweep's own: give the seeds as SweepOptions.Seeds.", nameof(settings))
        : settings.With(SeedName, seed);

    /// <summary>A program on disk has the version of its build; what is compiled in memory has a new one each time, which says nothing.</summary>
    private static string VersionOf(Module module) => module.Assembly.Location.Length > 0 ? module.ModuleVersionId.ToString() : "";

    private static void ReadBefore(List<PlannedRun> plan, SweepOptions options)
    {
        foreach (var run in plan)
            run.ReadBefore(options.RetryFailed);
        int Count(RunState state) => plan.Count(run => run.Record?.State == state);
        options.Report(string.Create(CultureInfo.InvariantCulture, $"{plan.Count} runs in {Path.GetFullPath(options.Folder)}")
            + (Count(RunState.Finished) is > 0 and var finished ? $"; {finished} finished before" : "")
            + (Count(RunState.Failed) is > 0 and var failed ? $"; {failed} failed before (RetryFailed = true trains them anew)" : ""));
    }

    /// <summary>Trains every run that no other process has; false when there was nothing to do but wait for the others.</summary>
    private static bool TrainFree(List<PlannedRun> plan, SweepOptions options, CancellationToken cancellation)
    {
        var moved = false;
        foreach (var run in plan.Where(run => !run.HasEnded))
        {
            if (cancellation.IsCancellationRequested || !run.Attempt(options, cancellation))
                continue;
            moved = true;
            options.Report($"run {run.Number} of {plan.Count}: {run}");
            var result = Result(plan, options);
            options.RunEnded?.Invoke(result);
        }
        return moved;
    }

    private static SweepResult Result(List<PlannedRun> plan, SweepOptions options)
    {
        var result = new SweepResult([.. plan.Select(run => run.Result())], plan.Exists(run => !run.HasEnded));
        if (result.Epochs.Count > 0)
            result.Save(Path.Combine(options.Folder, "results"));
        return result;
    }
}
