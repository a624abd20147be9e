using System.Globalization;

namespace DeepLearning.Training;

/// <summary>The mean loss over samples and the named metrics.</summary>
/// <param name="Loss">The mean loss of the samples.</param>
/// <param name="Metrics">The values of the metrics.</param>
public sealed record Scores(double Loss, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>The name of the loss among the scores.</summary>
    public const string LossName = "loss";

    /// <summary>Gets the names of all scores, the loss first.</summary>
    internal IEnumerable<string> Names => Metrics.Keys.Prepend(LossName);

    /// <summary>Gets the loss or a metric by its name.</summary>
    /// <exception cref="KeyNotFoundException">The metric was not measured; the message names those that were.</exception>
    public double this[string name] => Find(name)
        ?? throw new KeyNotFoundException($"There is no score '{name}'; the scores are {string.Join(", ", Names)}. Add the metric to TrainerOptions.Metrics.");

    /// <summary>Returns whether the loss and all metrics are equal; NaN equals NaN.</summary>
    public bool Equals(Scores? other) => other is not null && Loss.Equals(other.Loss) && Metrics.Count == other.Metrics.Count
        && Metrics.All(metric => other.Metrics.TryGetValue(metric.Key, out var value) && value.Equals(metric.Value));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Loss, Metrics.Count);

    /// <summary>Returns the scores as text: "loss 0.4312, accuracy 0.8421".</summary>
    public override string ToString() => string.Join(", ", Names
        .Select(name => string.Create(CultureInfo.InvariantCulture, $"{name} {this[name]:0.0000}")));

    /// <summary>Returns the loss or a metric; null if it was not measured.</summary>
    internal double? Find(string name) => name == LossName ? Loss : Metrics.TryGetValue(name, out var value) ? value : null;
}
