using System.Globalization;

namespace DeepLearning.Training;

/// <summary>Means over samples: the loss, and each metric by its name.</summary>
/// <param name="Loss">The mean loss of the samples.</param>
/// <param name="Metrics">The metrics' means.</param>
public sealed record Scores(double Loss, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>The name under which the loss is found among the metrics.</summary>
    public const string LossName = "loss";

    /// <summary>The names there are: the loss's first.</summary>
    internal IEnumerable<string> Names => Metrics.Keys.Prepend(LossName);

    /// <summary>The loss, or a metric, by name.</summary>
    /// <exception cref="KeyNotFoundException">It was not measured.</exception>
    public double this[string name] => name == LossName
        ? Loss
        : Metrics.TryGetValue(name, out var value)
            ? value
            : throw new KeyNotFoundException(
                $"There is no '{name}'; measured are {string.Join(", ", Names)}. Add it to TrainerOptions.Metrics.");

    /// <summary>"loss 0.4312, accuracy 0.8421".</summary>
    public override string ToString() => string.Join(", ", Metrics.Prepend(new(LossName, Loss))
        .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value:0.0000}")));
}
