using DeepLearning.Metrics;

namespace DeepLearning.Training;

/// <summary>A score and its direction, which early stopping, checkpoints, sweeps and leaderboards monitor.</summary>
/// <remarks>
/// Like KerasTuner's Objective. The callbacks of tutorial 000 treat a higher value as better for every score; for a loss, lower is better.
/// </remarks>
/// <param name="Name">"loss" or the name of a metric. The score is the validation score if there is validation data, else the training score.</param>
/// <param name="HigherIsBetter">Whether a higher value is better.</param>
public sealed record Objective(string Name, bool HigherIsBetter)
{
    // how Keras, Lightning and the tables of this library name validation scores
    private static readonly string[] _prefixes = ["val_", ScoreNames.ValidationStart];

    /// <summary>Gets the loss; lower is better.</summary>
    public static Objective Loss { get; } = new(Scores.LossName, HigherIsBetter: false);

    /// <summary>Gets the accuracy; higher is better.</summary>
    public static Objective Accuracy { get; } = new(Metric.AccuracyName, HigherIsBetter: true);

    /// <summary>Returns the objective of a metric with the metric's direction.</summary>
    /// <param name="metric">The metric.</param>
    public static Objective Of(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new(metric.Name, metric.HigherIsBetter);
    }

    /// <summary>Returns whether a value is better than another value by more than a margin. Every number is better than null and NaN.</summary>
    /// <param name="value">The value; NaN is never better.</param>
    /// <param name="than">The value to compare with; null if there is none yet.</param>
    /// <param name="margin">The smallest difference that counts.</param>
    public bool IsBetter(double value, double? than, double margin = 0) =>
        than is not { } best || double.IsNaN(best)
            ? !double.IsNaN(value)
            : HigherIsBetter ? value > best + margin : value < best - margin;

    /// <summary>Returns whether a value has reached a target.</summary>
    internal bool HasReached(double value, double target) => HigherIsBetter ? value >= target : value <= target;

    /// <summary>Returns the current value: from the last validation, or from the last training epoch without validation data.</summary>
    internal double Read(FitState fit) => (fit.Validation ?? fit.History.Epochs[^1].Training)[Name];

    /// <exception cref="ArgumentException">The training does not measure the score.</exception>
    internal void Check(TrainerOptions options, string callback)
    {
        var names = options.Metrics.Select(metric => metric.Name).Prepend(Scores.LossName).ToList();
        if (!names.Contains(Name))
        {
            var advice = names.Find(name => _prefixes.Any(prefix => Name == prefix + name)) is { } score
                ? $"Use the name '{score}': it is the validation score if there is validation data."
                : "Add the metric to TrainerOptions.Metrics.";
            throw new ArgumentException($"{callback} monitors '{Name}', which the training does not measure; it measures {string.Join(", ", names)}. {advice}");
        }
        if (DirectionOf(options) is { } direction && direction != HigherIsBetter)
        {
            throw new ArgumentException(
                $"{callback} monitors '{Name}' with HigherIsBetter = {HigherIsBetter}, but a {(HigherIsBetter ? "lower" : "higher")} value is better: use Objective.Of(metric), Objective.Loss or Objective.Accuracy.");
        }
    }

    /// <summary>Returns whether higher values of the score are better; null for a custom metric, whose author may not have stated it.</summary>
    private bool? DirectionOf(TrainerOptions options)
    {
        if (Name == Scores.LossName)
            return false;
        var metric = options.Metrics.First(metric => metric.Name == Name);
        return metric is MeanMetric || metric.GetType().Assembly != typeof(Metric).Assembly ? null : metric.HigherIsBetter;
    }
}
