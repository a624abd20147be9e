namespace DeepLearning.Training;

/// <summary>A score that is watched, and which way is better.</summary>
/// <remarks>
/// The tutorial's callbacks start from a best value of −1 and call more better, which holds for accuracy and for no loss; here the direction
/// is part of what is watched.
/// </remarks>
/// <param name="Name">"loss", or a metric's name; of the validation set where there is one, of the training set otherwise.</param>
/// <param name="IsBetterHigh">Whether more is better.</param>
public sealed record Monitor(string Name, bool IsBetterHigh)
{
    /// <summary>Less loss is better.</summary>
    public static Monitor Loss { get; } = new(Scores.LossName, IsBetterHigh: false);

    /// <summary>More accuracy is better.</summary>
    public static Monitor Accuracy { get; } = Of(Metric.Accuracy);

    /// <summary>A metric, in its own direction.</summary>
    public static Monitor Of(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new(metric.Name, metric.IsBetterHigh);
    }

    /// <summary>Whether a value is better than another by more than a margin; anything is better than null or NaN.</summary>
    public bool IsBetter(double value, double? than, double margin = 0) =>
        than is not { } best || double.IsNaN(best)
            ? !double.IsNaN(value)
            : IsBetterHigh ? value > best + margin : value < best - margin;

    /// <summary>The value now.</summary>
    internal double Read(FitState fit) => (fit.Validation ?? fit.History.Epochs[^1].Training)[Name];
}
