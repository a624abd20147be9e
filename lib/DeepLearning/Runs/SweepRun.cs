using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>A run of a sweep.</summary>
/// <param name="Number">The number of the run, from 1.</param>
/// <param name="Settings">The settings of the run, with the seed last.</param>
/// <param name="State">The state of the run.</param>
/// <param name="Error">The error of a failed run; null otherwise.</param>
/// <param name="Epochs">The epochs of the run; for a failed run, the epochs before the error.</param>
/// <param name="Folder">The folder of the run's checkpoints and TensorBoard files.</param>
public sealed record SweepRun(int Number, Run Settings, RunState State, string? Error, IReadOnlyList<EpochRecord> Epochs, string Folder)
    : RunResult(Number, Settings, Epochs)
{
    /// <summary>Gets the function that creates the run's model.</summary>
    internal Func<RunSetup>? Setup { get; init; }

    /// <summary>Returns a new model with the weights of the run's best validation, in evaluation mode.</summary>
    /// <returns>The model, on the device of the setup function. The caller disposes of it.</returns>
    /// <remarks>The setup function of the sweep creates the model; its weights are loaded from <c>best.pth</c> in <see cref="Folder"/>.</remarks>
    /// <exception cref="FileNotFoundException">The run has no <c>best.pth</c>, because there are no completed epochs.</exception>
    /// <exception cref="InvalidOperationException">The weights do not match the model, because the setup function has changed.</exception>
    public nn.Module<Tensor, Tensor> LoadBestModel()
    {
        var path = Path.Combine(Folder, ModelCheckpoint.BestName);
        if (!File.Exists(path))
            throw new FileNotFoundException($"{Settings} has no best model, because there are no completed epochs: {path} does not exist.", path);
        if (Setup is null)
            throw new InvalidOperationException($"{Settings} has no setup function: only the results of Sweep.Train have one.");
        // the random state of the caller is restored
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

    /// <summary>Returns the run as text: "Run(Lr=0.01, seed=50): finished after 5 epochs, 12.3 s · loss 0.4312, accuracy 0.8421; validation loss …".</summary>
    public override string ToString() =>
        State == RunState.Failed ? $"{Settings}: failed: {Error}" : Text(State.ToString().ToLowerInvariant());

    /// <summary>Returns the columns of the table of runs with their values; the scores are those of the last epoch.</summary>
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

    /// <summary>Returns the best value of a score over the epochs, on the validation set if there is one; null if it is NaN in all epochs.</summary>
    internal double? Best(Objective objective) => BestOf(objective, Epochs.Select(epoch => epoch.Decisive[objective.Name]));

    internal static double? BestOf(Objective objective, IEnumerable<double> values) =>
        values.Aggregate((double?)null, (best, value) => objective.IsBetter(value, best) ? value : best);
}

/// <summary>The state of a run.</summary>
public enum RunState
{
    /// <summary>The run has not started, or was interrupted; the next sweep continues it.</summary>
    Unfinished,

    /// <summary>The run was trained to its end, or until a callback stopped it.</summary>
    Finished,

    /// <summary>The run was stopped because it was worse than the median of the others: see <see cref="MedianPruning"/>.</summary>
    Pruned,

    /// <summary>The run ended with an error.</summary>
    Failed,
}
