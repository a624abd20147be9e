using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>A run of a sweep.</summary>
/// <param name="Number">The number of the run, from 1.</param>
/// <param name="Settings">The settings of the run, the seed last.</param>
/// <param name="State">How the run ended, if it has.</param>
/// <param name="Error">Why the run failed; null if it did not.</param>
/// <param name="Epochs">The epochs of the run; if it failed, those before the error.</param>
/// <param name="Folder">The folder of the run's checkpoints and TensorBoard files.</param>
public sealed record SweepRun(int Number, Run Settings, RunState State, string? Error, IReadOnlyList<EpochRecord> Epochs, string Folder)
    : RunResult(Number, Settings, Epochs)
{
    /// <summary>Gets the function that creates the run's model.</summary>
    internal Func<RunSetup>? Setup { get; init; }

    /// <summary>Returns a new model with the weights of the run's best validation, in evaluation mode.</summary>
    /// <returns>The model, on the device on which the setup function creates it. The caller disposes it.</returns>
    /// <remarks>The model comes from the sweep's setup function; its weights are those of <c>best.pth</c> in <see cref="Folder"/>.</remarks>
    /// <exception cref="FileNotFoundException">The run has no <c>best.pth</c>: no epoch has ended.</exception>
    /// <exception cref="InvalidOperationException">The weights do not fit the model: the setup function has changed since.</exception>
    public nn.Module<Tensor, Tensor> LoadBestModel()
    {
        var path = Path.Combine(Folder, ModelCheckpoint.BestName);
        if (!File.Exists(path))
            throw new FileNotFoundException($"{Settings} has no best model, because no epoch has ended: there is no {path}.", path);
        if (Setup is null)
            throw new InvalidOperationException($"{Settings} has no setup function: only the results of Sweep.Train have one.");
        // the caller's random numbers stay as they are
        using var before = random.get_rng_state();
        try
        {
            var model = Setup().Model;
            model.LoadCheckpoint(path).eval();
            return model;
        }
        finally
        {
            random.set_rng_state(before);
        }
    }

    /// <summary>Returns the columns of the table of runs and their values; the scores are those of the last epoch.</summary>
    internal IEnumerable<KeyValuePair<string, object?>> Columns() =>
    [
        new(ResultsColumns.Run, Number),
        .. Settings.Settings(),
        .. LastScores().Select(score => KeyValuePair.Create(score.Key, (object?)score.Value)),
        new(ResultsColumns.Epochs, Epochs.Count),
        new(ResultsColumns.Duration, Duration.TotalSeconds),
        new(ResultsColumns.State, State.ToString().ToLowerInvariant()),
        .. Error is null ? (IEnumerable<KeyValuePair<string, object?>>)[] : [new(ResultsColumns.Error, Error)],
    ];

    /// <summary>Returns the best value of a score over the epochs: on the validation set, if there is one; null if it is NaN in all epochs.</summary>
    internal double? Best(Objective objective) => BestOf(objective, Epochs.Select(epoch => epoch.Decisive[objective.Name]));

    internal static double? BestOf(Objective objective, IEnumerable<double> values) =>
        values.Aggregate((double?)null, (best, value) => objective.IsBetter(value, best) ? value : best);
}

/// <summary>How a run ended, if it has.</summary>
public enum RunState
{
    /// <summary>The run has not begun, or was interrupted: the next sweep continues it.</summary>
    Unfinished,

    /// <summary>The run was trained to its end, or until a callback stopped it.</summary>
    Finished,

    /// <summary>The run was stopped because it was worse than the median of the others: see <see cref="MedianPruning"/>.</summary>
    Pruned,

    /// <summary>The run ended with an error.</summary>
    Failed,
}
