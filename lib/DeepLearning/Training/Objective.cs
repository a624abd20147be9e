using DeepLearning.Metrics;

namespace DeepLearning.Training;

/// <summary>A score that a choice is made by, and its direction: what early stopping, checkpoints, sweeps and leaderboards monitor.</summary>
/// <remarks>The tutorial's callbacks take every score for one of which more is better; a loss has the other direction. KerasTuner's Objective.</remarks>
/// <param name="Name">"loss", or a metric's name. The score is the validation's where there is validation data, else the training's.</param>
/// <param name="HigherIsBetter">Whether a higher value is better.</param>
public sealed record Objective(string Name, bool HigherIsBetter)
{
    /// <summary>Gets the loss; lower is better.</summary>
    public static Objective Loss { get; } = new(Scores.LossName, HigherIsBetter: false);

    /// <summary>Gets the accuracy; higher is better.</summary>
    public static Objective Accuracy { get; } = new(Metric.AccuracyName, HigherIsBetter: true);

    /// <summary>Returns the objective of a metric, in the metric's direction.</summary>
    /// <param name="metric">The metric.</param>
    public static Objective Of(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new(metric.Name, metric.HigherIsBetter);
    }

    /// <summary>Returns whether a value is better than another one by more than a margin. Every number is better than null and NaN.</summary>
    /// <param name="value">The value; NaN is never better.</param>
    /// <param name="than">The value to compare with; null when there is none yet.</param>
    /// <param name="margin">The smallest difference that counts.</param>
    public bool IsBetter(double value, double? than, double margin = 0) =>
        than is not { } best || double.IsNaN(best)
            ? !double.IsNaN(value)
            : HigherIsBetter ? value > best + margin : value < best - margin;

    /// <summary>Returns whether a value is at a target or beyond it.</summary>
    internal bool HasReached(double value, double target) => HigherIsBetter ? value >= target : value <= target;

    /// <summary>Returns the current value: of the last validation, or of the last epoch's training where nothing is validated.</summary>
    internal double Read(FitState fit) => (fit.Validation ?? fit.History.Epochs[^1].Training)[Name];

    /// <exception cref="ArgumentException">The training does not measure the score.</exception>
    internal void Check(TrainerOptions options, string callback)
    {
        var names = options.Metrics.Select(metric => metric.Name).Prepend(Scores.LossName).ToList();
        if (!names.Contains(Name))
        {
            throw new ArgumentException(
                $"{callback} monitors '{Name}', which the training does not measure; it measures {string.Join(", ", names)}. Add the metric to "
                + "TrainerOptions.Metrics.");
        }
    }
}
