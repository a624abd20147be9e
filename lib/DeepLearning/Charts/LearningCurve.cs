namespace DeepLearning.Charts;

/// <summary>How one run learned: one value an epoch in each list, NaN where none was measured.</summary>
/// <param name="Name">What the legend calls the run.</param>
/// <param name="TrainLoss">The mean loss over the training set.</param>
/// <param name="TestLoss">The mean loss over the test set.</param>
/// <param name="TrainAccuracy">The share of the training set that is classified correctly, 0 to 1.</param>
/// <param name="TestAccuracy">The share of the test set that is classified correctly, 0 to 1.</param>
/// <param name="BatchLoss">The loss of each training step, if it was kept.</param>
public sealed record LearningCurve(
    string Name,
    IReadOnlyList<double> TrainLoss,
    IReadOnlyList<double> TestLoss,
    IReadOnlyList<double> TrainAccuracy,
    IReadOnlyList<double> TestAccuracy,
    IReadOnlyList<double>? BatchLoss = null)
{
    /// <summary>The number of epochs.</summary>
    public int Epochs => TrainLoss.Count;
}
