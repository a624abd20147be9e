using System.Globalization;
using DeepLearning.Charts;
using DeepLearning.Display;
using DeepLearning.Training;
using Microsoft.Data.Analysis;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>The results of a sweep: tables, curves, files and models.</summary>
/// <param name="Runs">All runs, in the order of the settings, grouped by settings.</param>
/// <param name="IsCanceled">Whether the sweep was canceled before all runs had ended.</param>
[TypeFormatterSource(typeof(TextFormatterSource), PreferredMimeTypes = ["text/plain"])]
public sealed record SweepResult(IReadOnlyList<SweepRun> Runs, bool IsCanceled)
{
    /// <summary>Gets the objective of the sweep's options; null for the default.</summary>
    internal Objective? Objective { get; init; }

    /// <summary>Gets the table of the tutorial with a row for each epoch; durations are in seconds.</summary>
    public DataFrame Results => ResultsTable.Of(Runs);

    /// <summary>
    /// Returns a table with a row for each run: settings, the scores of the last epoch, and the state of the run. It is the input of charts of
    /// settings against scores.
    /// </summary>
    public DataFrame Summary() => ResultsTable.Of(Runs.Select(run => run.Columns()));

    /// <summary>
    /// Returns a table with a row for each combination of settings, the best first: the mean of each score over the seeds, followed by the standard
    /// deviation (of a sample, N − 1, as in pandas and PyTorch; null for one seed). Rows whose score is NaN are last for both directions. Scores are
    /// those of the last epoch, which, unlike the best epoch, was not selected by the score itself. Failed and pruned runs are counted, but not
    /// included in the means.
    /// </summary>
    /// <param name="objective">
    /// The score that orders the rows, on the validation set if there is one; by default <see cref="SweepOptions.Objective"/>.
    /// </param>
    /// <exception cref="InvalidOperationException">No run has finished.</exception>
    /// <exception cref="KeyNotFoundException">The score was not measured.</exception>
    public DataFrame Leaderboard(Objective? objective = null) => SweepTables.Leaderboard(Runs, objective ?? Objective);

    /// <summary>Returns the finished run with the best score of any epoch, on the validation set if there is one.</summary>
    /// <param name="objective">The score; by default <see cref="SweepOptions.Objective"/>.</param>
    /// <exception cref="InvalidOperationException">No run has finished, or the scores of all runs are NaN.</exception>
    /// <exception cref="KeyNotFoundException">The score was not measured.</exception>
    public SweepRun Best(Objective? objective = null) => SweepTables.Best(Runs, objective ?? Objective);

    /// <summary>Returns the best model of the sweep: a new model with the best weights of the best run, in evaluation mode.</summary>
    /// <example><c>Evaluator.Measure(result.LoadBestModel(), testBatches)</c></example>
    /// <returns>The model, on the device of the setup function. The caller disposes of it.</returns>
    /// <exception cref="InvalidOperationException">No run has finished, or the scores of all runs are NaN.</exception>
    public nn.Module<Tensor, Tensor> LoadBestModel() => Best().LoadBestModel();

    /// <summary>Draws the loss and accuracy of all runs.</summary>
    /// <exception cref="InvalidOperationException">There are no completed epochs.</exception>
    public Figure LearningCurves() => ResultsTable.LearningCurves(Runs);

    /// <summary>Writes the results as <c>fileName.csv</c> and <c>fileName.json</c>, in the formats of pandas and the tutorial.</summary>
    /// <param name="fileName">The path without an extension; existing files are replaced.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(string fileName) => ResultsFiles.Write(fileName, Runs);

    /// <summary>Returns the number of runs by state, such as "12 runs: 11 finished, 1 failed".</summary>
    public override string ToString()
    {
        var states = Runs.CountBy(run => run.State).OrderBy(count => count.Key == RunState.Unfinished).ThenBy(count => count.Key);
        var texts = states.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {count.Key.ToString().ToLowerInvariant()}"));
        return string.Create(CultureInfo.InvariantCulture, $"{Quantity.Text(Runs.Count, "run")}{(Runs.Count == 0 ? "" : ": ")}{string.Join(", ", texts)}");
    }
}
