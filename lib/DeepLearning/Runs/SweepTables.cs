using DeepLearning.Metrics;
using DeepLearning.Training;
using Microsoft.Data.Analysis;

namespace DeepLearning.Runs;

/// <summary>Ranks the runs of a sweep, with the seeds of each combination of settings in one row.</summary>
internal static class SweepTables
{
    /// <summary>Returns the default objective: the accuracy, or the loss if accuracy is not measured.</summary>
    public static Objective DefaultObjective(IEnumerable<string> scores) =>
        scores.Contains(Metric.AccuracyName) ? Objective.Accuracy : Objective.Loss;

    public static DataFrame Leaderboard(IReadOnlyList<SweepRun> runs, Objective? objective)
    {
        var last = Finished(runs).FirstOrDefault()?.Last
            ?? throw new InvalidOperationException("There is no leaderboard yet: no run has finished.");
        objective ??= DefaultObjective(last.Training.Names);
        // throws if the score was not measured
        _ = last.Decisive[objective.Name];
        var column = last.Validation is null ? objective.Name : ResultsColumns.Validation(objective.Name);
        RunState[] counted = [.. new[] { RunState.Pruned, RunState.Failed }.Where(state => runs.Any(run => run.State == state))];
        var rows = runs.GroupBy(run => run.Settings.Without(Sweep.SeedName)).Select(group => Row(group.Key, [.. group], counted).ToList());
        // DataFrame.OrderBy is not stable, and treats NaN as the smallest number
        return ResultsTable.Of(rows.OrderBy(row => row.Find(entry => entry.Key == column).Value, new BestFirst(objective)));
    }

    /// <summary>Returns the run with the best score of any epoch.</summary>
    /// <exception cref="InvalidOperationException">No run has finished with a score other than NaN.</exception>
    public static SweepRun Best(IReadOnlyList<SweepRun> runs, Objective? objective)
    {
        SweepRun? best = null;
        double? bestScore = null;
        foreach (var run in Finished(runs))
        {
            objective ??= DefaultObjective(run.Last!.Training.Names);
            if (run.Best(objective) is not { } score || !objective.IsBetter(score, bestScore))
                continue;
            (best, bestScore) = (run, score);
        }
        return best ?? throw new InvalidOperationException(
            objective is null ? "There is no best run yet: no run has finished." : $"There is no best run: the {objective.Name} of every finished run is NaN.");
    }

    private static IEnumerable<SweepRun> Finished(IEnumerable<SweepRun> runs) => runs.Where(run => run.State == RunState.Finished && run.Last is not null);

    private static IEnumerable<KeyValuePair<string, object?>> Row(Run settings, List<SweepRun> runs, RunState[] counted)
    {
        var finished = Finished(runs).ToList();
        foreach (var setting in settings.Settings())
            yield return setting;
        yield return new(ResultsColumns.Seeds, finished.Count);
        foreach (var state in counted)
            yield return new(state.ToString().ToLowerInvariant(), runs.Count(run => run.State == state));
        foreach (var score in finished.SelectMany(run => run.LastScores()).GroupBy(score => score.Key, score => score.Value))
        {
            yield return new(score.Key, score.Average());
            yield return new(ResultsColumns.Spread(score.Key), Spread([.. score]));
        }
        yield return new(ResultsColumns.Duration, finished.Count == 0 ? null : finished.Average(run => run.Duration.TotalSeconds));
    }

    private static double? Spread(List<double> values)
    {
        if (values.Count < 2)
            return null;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    /// <summary>Orders scores: the best first, then NaN, then missing scores, for both directions.</summary>
    private sealed class BestFirst(Objective objective) : IComparer<object?>
    {
        public int Compare(object? x, object? y)
        {
            var (first, second) = (Class(x), Class(y));
            if (first != second || first != 0)
                return first.CompareTo(second);
            var order = ((double)x!).CompareTo((double)y!);
            return objective.HigherIsBetter ? -order : order;
        }

        private static int Class(object? score) => score switch
        {
            null => 2,
            double.NaN => 1,
            double => 0,
            _ => throw new ArgumentException($"A score must be a number, not a {score.GetType().Name}.", nameof(score)),
        };
    }
}
