using System.Globalization;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;

namespace DeepLearning.Runs;

/// <summary>
/// Stops a run after an epoch if its best score so far is worse than the median of the scores of the finished runs in the same epoch.
/// </summary>
/// <remarks>
/// The pruned runs depend on the order in which runs end, and therefore on the number of processes. The rule and the defaults are those of Optuna's
/// MedianPruner, except that every run is trained for at least one epoch.
/// </remarks>
public sealed record MedianPruning
{
    /// <summary>Gets the number of runs that must have finished before a run is stopped.</summary>
    /// <value>5.</value>
    public int StartupRuns { get; init; } = 5;

    /// <summary>Gets the number of epochs for which every run is trained.</summary>
    /// <value>1.</value>
    public int WarmUpEpochs { get; init; } = 1;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(StartupRuns);
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUpEpochs);
    }

    /// <summary>Returns the reason for stopping a run; null if it continues.</summary>
    /// <param name="objective">The score.</param>
    /// <param name="epochs">The epochs of the run so far.</param>
    /// <param name="finished">The epochs of the finished runs.</param>
    internal string? Reason(Objective objective, IReadOnlyList<EpochRecord> epochs, IReadOnlyList<IReadOnlyList<EpochRecord>> finished)
    {
        if (epochs.Count <= WarmUpEpochs || finished.Count < StartupRuns)
            return null;
        List<double> others =
        [
            .. finished.Where(run => run.Count >= epochs.Count).Select(run => run[epochs.Count - 1].Decisive[objective.Name])
                .Where(value => !double.IsNaN(value)).Order(),
        ];
        if (others.Count == 0)
            return null;
        var median = (others[(others.Count - 1) / 2] + others[others.Count / 2]) / 2;
        var best = SweepRun.BestOf(objective, epochs.Select(epoch => epoch.Decisive[objective.Name]));
        return best is { } value && !objective.IsBetter(median, value)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"the {objective.Name} {best ?? double.NaN:0.0000} is worse than the median {median:0.0000} of {others.Count} runs after epoch {epochs.Count}");
    }
}

/// <summary>A callback that stops a run for the reason of <see cref="MedianPruning"/>.</summary>
internal sealed class Pruner(Func<IReadOnlyList<EpochRecord>, string?> reason) : Callback
{
    /// <summary>Gets the reason for the stop; null without a stop.</summary>
    public string? Reason { get; private set; }

    public override void AfterEpoch(FitState fit)
    {
        Reason = reason(fit.History.Epochs);
        if (Reason is not null)
            fit.Stop(Reason);
    }
}
