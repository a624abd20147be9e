namespace DeepLearning.Runs;

/// <summary>What one epoch of one run came to.</summary>
/// <param name="Run">Which run, from 1.</param>
/// <param name="Epoch">Which of its epochs, from 1.</param>
/// <param name="Loss">The mean loss of the training samples, each under the weights it was trained with.</param>
/// <param name="Accuracy">The share of training samples predicted right at that moment, 0 to 1.</param>
/// <param name="TestLoss">The mean loss on the test set after the epoch; null without a test set.</param>
/// <param name="TestAccuracy">The accuracy on the test set after the epoch, 0 to 1; null without a test set.</param>
/// <param name="EpochDuration">How long the training took, without the test.</param>
/// <param name="RunDuration">How long the run has taken, tests included.</param>
/// <param name="Settings">The run's settings.</param>
/// <param name="BatchLosses">The loss of each training step.</param>
public sealed record EpochResult(
    int Run, int Epoch, double Loss, double Accuracy, double? TestLoss, double? TestAccuracy, TimeSpan EpochDuration, TimeSpan RunDuration,
    Run Settings, IReadOnlyList<double> BatchLosses)
{
    /// <summary>The columns of the results table and of the files, in the seed's order, and their values.</summary>
    internal IEnumerable<KeyValuePair<string, object?>> Columns()
    {
        yield return new("run", Run);
        yield return new("epoch", Epoch);
        yield return new("loss", Loss);
        yield return new("accuracy", Accuracy);
        yield return new("test loss", TestLoss);
        yield return new("test accuracy", TestAccuracy);
        yield return new("epoch duration", EpochDuration.TotalSeconds);
        yield return new("run duration", RunDuration.TotalSeconds);
        foreach (var (name, value) in Settings.Names.Zip(Settings.Values))
            yield return new(name, value);
    }
}
