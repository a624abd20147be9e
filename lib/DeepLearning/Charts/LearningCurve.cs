namespace DeepLearning.Charts;

/// <summary>The learning curves of one run: each list has one value per epoch, NaN if it was not measured.</summary>
/// <param name="Name">The name of the run in the legend.</param>
/// <param name="TrainingLoss">The mean losses over the training set.</param>
/// <param name="ValidationLoss">The mean losses over the validation set.</param>
/// <param name="TrainingAccuracy">The accuracies on the training set, 0 to 1.</param>
/// <param name="ValidationAccuracy">The accuracies on the validation set, 0 to 1.</param>
/// <param name="StepLosses">The loss of each training step, if the losses were kept.</param>
public sealed record LearningCurve(
    string Name,
    IReadOnlyList<double> TrainingLoss,
    IReadOnlyList<double> ValidationLoss,
    IReadOnlyList<double> TrainingAccuracy,
    IReadOnlyList<double> ValidationAccuracy,
    IReadOnlyList<double>? StepLosses = null)
{
    /// <summary>Gets the number of epochs.</summary>
    public int Epochs => TrainingLoss.Count;
}
