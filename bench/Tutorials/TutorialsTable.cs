using System.Globalization;

namespace Bench.Tutorials;

/// <summary>Writes the results as a Markdown table.</summary>
internal static class TutorialsTable
{
    /// <summary>Writes a row for each training run, including missing runs, and the machines.</summary>
    /// <param name="trainings">The training runs of the tutorials.</param>
    /// <param name="runs">The finished runs; runs with another number of epochs are ignored.</param>
    /// <param name="epochs">The number of epochs; null for the tutorial's.</param>
    /// <param name="writer">The writer of the table.</param>
    public static void Write(IReadOnlyList<TutorialTraining> trainings, IReadOnlyList<TutorialRun> runs, int? epochs, TextWriter writer)
    {
        if (epochs is { } number)
            writer.WriteLine($"Limited to {number} epochs, unlike the tutorials.\n");
        writer.WriteLine("| training run | the tutorial, % | ours, % | on the test set at the end, % | runs | epochs | time per run |");
        writer.WriteLine("|:---|---:|---:|---:|---:|---:|---:|");
        List<TutorialRun> shown = [];
        foreach (var training in trainings)
        {
            var mine = runs.Where(run => run.Training == training.Name && run.MaxEpochs == (epochs ?? training.Epochs)).OrderBy(run => run.Seed).ToList();
            shown.AddRange(mine);
            writer.WriteLine($"| {string.Join(" | ", Cells(training, mine))} |");
        }
        writer.WriteLine();
        foreach (var place in shown.GroupBy(run => (run.Machine, run.Versions)))
            writer.WriteLine($"Run on {place.Key.Machine}; {place.Key.Versions}.");
        var missing = trainings.Where(training => shown.All(run => run.Training != training.Name)).Select(training => $"`{training.Name}`").ToList();
        writer.WriteLine(missing.Count == 0 ? "All training runs are complete." : $"Not run: {string.Join(", ", missing)}.");
    }

    private static string[] Cells(TutorialTraining training, List<TutorialRun> runs)
    {
        var figure = training.Figure is { } percent ? percent.ToString("0.00", CultureInfo.InvariantCulture) : "not given";
        if (runs.Count == 0)
            return [$"`{training.Name}`", figure, "not run", "", "0", "", ""];
        return
        [
            $"`{training.Name}`", figure, Percent(runs.Select(run => run.Reported(training.Score))), Percent(runs.Select(run => run.TestAccuracy)),
            $"{runs.Count}", Epochs(runs), TutorialsProgress.Text(TimeSpan.FromSeconds(runs.Average(run => run.Seconds))),
        ];
    }

    private static string Epochs(List<TutorialRun> runs)
    {
        var (least, most) = (runs.Min(run => run.Epochs), runs.Max(run => run.Epochs));
        return least == most ? $"{least}" : $"{least} to {most}";
    }

    private static string Percent(IEnumerable<double> accuracies)
    {
        var values = accuracies.Select(accuracy => 100 * accuracy).ToList();
        var mean = values.Average().ToString("0.00", CultureInfo.InvariantCulture);
        return values.Count == 1 ? mean : string.Create(CultureInfo.InvariantCulture, $"{mean} ({values.Min():0.00} to {values.Max():0.00})");
    }
}
