using System.CommandLine;

namespace Bench.Tutorials;

/// <summary>
/// <c>nb bench tutorials</c>: trains the networks of all tutorials with the tutorials' settings. Finished runs are kept and not repeated.
/// </summary>
internal static class TutorialsCommand
{
    /// <summary>The exit code after Ctrl-C, as in shells.</summary>
    private const int Interrupted = 130;

    public static Command Create()
    {
        var only = new Option<string[]>("--only")
        {
            Description = $"The training runs, by name or by tutorial number: {string.Join(", ", TutorialTraining.All.Select(training => training.Name))}; all by default.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "name",
        };
        only.Validators.Add(result =>
        {
            foreach (var name in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (Chosen([name]).Count == 0)
                    result.AddError($"There is no training run '{name}'; the names are {string.Join(", ", TutorialTraining.All.Select(training => training.Name))}.");
            }
        });
        var seeds = Positive("--seeds", "The number of random seeds for each training run.");
        var epochs = Positive("--epochs", "The number of epochs instead of the tutorial's, for a quick trial.");
        var results = new Option<FileInfo>("--results")
        {
            Description = "The file of finished runs; the command continues with the runs that are missing in this file.",
            HelpName = "file",
            DefaultValueFactory = _ => new FileInfo(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "tutorials.json"))),
        };
        var table = new Option<FileInfo?>("--table") { Description = "Also writes the table to this file, in Markdown.", HelpName = "file" };
        var command = new Command("tutorials", "Trains the networks of all tutorials with the tutorials' settings, on the real data. This takes an hour or more and can be interrupted.")
        {
            only, seeds, epochs, results, table,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var chosen = Chosen(parsed.GetValue(only) ?? []);
            // on another thread, because Ctrl-C is handled only after the command has returned its task
            return Task.Run(
                () => Run(
                    chosen, parsed.GetValue(seeds) ?? 1, parsed.GetValue(epochs), parsed.GetValue(results)!.FullName, parsed.GetValue(table)?.FullName, cancellation),
                CancellationToken.None);
        });
        return command;
    }

    private static Option<int?> Positive(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() <= 0)
                result.AddError($"{name} must be greater than 0.");
        });
        return option;
    }

    private static List<TutorialTraining> Chosen(string[] names) =>
        [.. TutorialTraining.All.Where(training => names.Length == 0 || names.Any(name => training.Name == name || training.Name[..3] == name))];

    private static int Run(
        List<TutorialTraining> trainings, int seeds, int? epochs, string path, string? table, CancellationToken cancellation)
    {
        var kept = new TutorialRuns(path);
        var isComplete = TrainMissing(trainings, seeds, epochs, kept, cancellation);
        TutorialsTable.Write(trainings, kept.All, epochs, Console.Out);
        if (table is not null)
        {
            using var writer = new StreamWriter(table) { NewLine = "\n" };
            TutorialsTable.Write(trainings, kept.All, epochs, writer);
        }
        return isComplete ? 0 : Interrupted;
    }

    /// <summary>Returns whether all runs are complete.</summary>
    private static bool TrainMissing(
        List<TutorialTraining> trainings, int seeds, int? epochs, TutorialRuns kept, CancellationToken cancellation)
    {
        // the first seed of each training run comes first, so that an interrupted command has as many rows as possible
        var plan = Enumerable.Range(0, seeds).SelectMany(offset => trainings.Select(training => (Training: training, Seed: training.FirstSeed + offset))).ToList();
        var missing = plan.Where(run => !kept.Has(run.Training.Name, run.Seed, epochs ?? run.Training.Epochs)).ToList();
        Console.Error.WriteLine($"{plan.Count} runs, of which {plan.Count - missing.Count} are already in {kept.Path}.{Estimate(missing, kept)}");
        try
        {
            foreach (var (training, seed) in missing)
            {
                var progress = new TutorialsProgress($"{training.Name}, seed {seed}", Console.Error, TimeProvider.System);
                var run = training.Train(seed, epochs, progress.AfterEpoch, cancellation) with
                {
                    Seconds = Math.Round(progress.Elapsed.TotalSeconds, 1),
                    Machine = Machine.Name,
                    Versions = Machine.Versions,
                };
                kept.Add(run);
                Console.Error.WriteLine($"{training.Name}, seed {seed}: {100 * run.Reported(training.Score):0.00} % in {TutorialsProgress.Text(progress.Elapsed)}");
            }
            return true;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"Interrupted. {kept.Path} contains the finished runs; run the same command to continue with the others.");
            return false;
        }
    }

    private static string Estimate(List<(TutorialTraining Training, long Seed)> missing, TutorialRuns kept)
    {
        var known = missing.Select(run => kept.All.Where(other => other.Training == run.Training.Name).Select(other => other.Seconds).DefaultIfEmpty(double.NaN).Average()).ToList();
        var (seconds, unknown) = (known.Where(double.IsFinite).Sum(), known.Count(double.IsNaN));
        return missing.Count == 0
            ? ""
            : unknown == missing.Count
            ? " The time for the others is not known yet."
            : $" According to the finished runs, {missing.Count - unknown} of the others take {TutorialsProgress.Text(TimeSpan.FromSeconds(seconds))}; the time for {unknown} is not known yet.";
    }
}
