using DeepLearning.Metrics;
using DeepLearning.Training;
using Microsoft.Data.Analysis;

namespace DeepLearning.Runs;

/// <summary>The runs of a sweep, the seeds of each combination of settings together.</summary>
internal static class SweepTables
{
    public static DataFrame Leaderboard(IReadOnlyList<SweepRun> runs, Objective? monitor)
    {
        if (runs.FirstOrDefault(run => run.State == RunState.Finished && run.Epochs.Count > 0) is not { } first)
            throw new InvalidOperationException("There is no leaderboard yet: no run has finished.");
        var scores = first.Epochs[^1].Training;
        monitor ??= scores.Metrics.ContainsKey(Metric.AccuracyName) ? Objective.Accuracy : Objective.Loss;
        _ = scores[monitor.Name];
        var anyFailed = runs.Any(run => run.State == RunState.Failed);
        var column = first.Epochs[^1].Test is null ? monitor.Name : $"test {monitor.Name}";
        // DataFrame.OrderBy is not stable, and takes NaN for the smallest number
        var rows = runs.GroupBy(run => Settings(run).ToString())
            .Select(group => Row([.. group], anyFailed).ToList())
            .OrderBy(row => Badness(row.Find(entry => entry.Key == column).Value, monitor.HigherIsBetter));
        return ResultsTable.Of(rows);
    }

    /// <summary>Returns a number that is higher the worse a score is; a missing score and NaN are the worst.</summary>
    private static double Badness(object? score, bool isBetterHigh) => score switch
    {
        double.NaN or null => double.PositiveInfinity,
        double value => isBetterHigh ? -value : value,
        _ => throw new ArgumentException($"A score is a number, not a {score.GetType().Name}.", nameof(score)),
    };

    private static IEnumerable<KeyValuePair<string, object?>> Row(List<SweepRun> runs, bool anyFailed)
    {
        var settings = Settings(runs[0]);
        foreach (var (name, value) in settings.Names.Zip(settings.Values))
            yield return new(name, value);
        var finished = runs.Where(run => run.State == RunState.Finished).ToList();
        yield return new("seeds", finished.Count);
        if (anyFailed)
            yield return new("failed", runs.Count(run => run.State == RunState.Failed));
        foreach (var score in finished.SelectMany(run => run.Scores()).GroupBy(score => score.Key, score => score.Value))
        {
            yield return new(score.Key, score.Average());
            yield return new($"{score.Key} std", Spread([.. score]));
        }
        yield return new("duration", finished.Count == 0 ? null : finished.Average(run => run.Duration.TotalSeconds));
    }

    private static Run Settings(SweepRun run) => run.Settings.Without(Sweep.SeedName);

    private static double? Spread(List<double> values)
    {
        if (values.Count < 2)
            return null;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}
