using DeepLearning.Charts;
using DeepLearning.Display;
using DeepLearning.Training;
using Microsoft.Data.Analysis;

namespace DeepLearning.Runs;

/// <summary>What a sweep came to, as tables, curves and files.</summary>
/// <param name="Runs">Every run, in the order of the settings, the seeds within them.</param>
/// <param name="IsCancelled">Whether it was cancelled before all had ended.</param>
[TypeFormatterSource(typeof(TextFormatterSource), PreferredMimeTypes = ["text/plain"])]
public sealed record SweepResult(IReadOnlyList<SweepRun> Runs, bool IsCancelled)
{
    /// <summary>All epochs of all runs.</summary>
    public IReadOnlyList<EpochResult> Epochs => [.. Runs.SelectMany(run => run.Epochs)];

    /// <summary>The table that the seed shows and saves, a row an epoch; durations in seconds.</summary>
    public DataFrame Results => ResultsTable.Of(Epochs);

    /// <summary>A row a run: settings, the last epoch's scores, how it ended. What charts of settings against scores are drawn from.</summary>
    public DataFrame Summary() => ResultsTable.Of(Runs.Select(run => run.Columns()));

    /// <summary>
    /// A row for each combination of settings, best first: each score's mean over the seeds and, after it, its standard deviation (of a
    /// sample, N − 1, as pandas and PyTorch take it; empty for one seed), both of the last epoch, which unlike the best one was not chosen by
    /// what it is judged by. Runs that failed are counted and left out.
    /// </summary>
    /// <param name="monitor">What is best, on the test set where there is one; accuracy, or the loss where accuracy is not measured.</param>
    /// <exception cref="InvalidOperationException">No run has finished.</exception>
    /// <exception cref="KeyNotFoundException">The score was not measured.</exception>
    public DataFrame Leaderboard(Objective? monitor = null) => SweepTables.Leaderboard(Runs, monitor);

    /// <summary>Loss and accuracy of all runs, drawn.</summary>
    /// <exception cref="InvalidOperationException">No epoch has ended yet.</exception>
    public Figure LearningCurves() => Epochs.Count > 0
        ? Chart.LearningCurves(ResultsTable.Curves(Epochs))
        : throw new InvalidOperationException("There is nothing to draw yet: no epoch has ended.");

    /// <summary>Writes the results as <c>fileName.csv</c> and <c>fileName.json</c>, in the form that pandas and the seed write.</summary>
    public void Save(string fileName) => ResultsFiles.Write(fileName, Epochs);

    /// <summary>"12 runs: 11 finished, 1 failed".</summary>
    public override string ToString()
    {
        var states = Runs.CountBy(run => run.State).OrderBy(count => count.Key == RunState.Unfinished).ThenBy(count => count.Key);
        return $"{Runs.Count} runs: {string.Join(", ", states.Select(count => $"{count.Value} {count.Key.ToString().ToLowerInvariant()}"))}";
    }
}
