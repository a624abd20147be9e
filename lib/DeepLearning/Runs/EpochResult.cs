using DeepLearning.Metrics;
using DeepLearning.Training;

namespace DeepLearning.Runs;

/// <summary>What one epoch of one run came to.</summary>
/// <param name="Run">Which run, from 1.</param>
/// <param name="Epoch">Which of its epochs, from 1.</param>
/// <param name="Training">The scores of the training samples, each under the weights it was trained with.</param>
/// <param name="Test">The scores on the test set after the epoch; null without a test set.</param>
/// <param name="EpochDuration">How long the epoch took: in a <see cref="Sweep"/> with its test, in the <see cref="RunManager"/> without.</param>
/// <param name="RunDuration">How long the run has taken, tests included.</param>
/// <param name="Settings">The run's settings.</param>
/// <param name="BatchLosses">The loss of each training step.</param>
public sealed record EpochResult(
    int Run, int Epoch, Scores Training, Scores? Test, TimeSpan EpochDuration, TimeSpan RunDuration, Run Settings,
    IReadOnlyList<double> BatchLosses)
{
    /// <summary>The mean loss of the training samples.</summary>
    public double Loss => Training.Loss;

    /// <summary>The share of training samples predicted right, 0 to 1; NaN where accuracy is not measured.</summary>
    public double Accuracy => AccuracyOf(Training);

    /// <summary>The mean loss on the test set; null without a test set.</summary>
    public double? TestLoss => Test?.Loss;

    /// <summary>The accuracy on the test set, 0 to 1; null without a test set.</summary>
    public double? TestAccuracy => Test is null ? null : AccuracyOf(Test);

    /// <summary>The columns of the results table and of the files, in the seed's order, and their values.</summary>
    internal IEnumerable<KeyValuePair<string, object?>> Columns()
    {
        yield return new("run", Run);
        yield return new("epoch", Epoch);
        foreach (var name in Training.Names)
            yield return new(name, Training[name]);
        foreach (var name in Training.Names)
            yield return new($"test {name}", Test?[name]);
        yield return new("epoch duration", EpochDuration.TotalSeconds);
        yield return new("run duration", RunDuration.TotalSeconds);
        foreach (var (name, value) in Settings.Names.Zip(Settings.Values))
            yield return new(name, value);
    }

    private static double AccuracyOf(Scores scores) => scores.Metrics.GetValueOrDefault(Metric.AccuracyName, double.NaN);
}
