namespace DeepLearning.Training;

/// <summary>The results of one epoch.</summary>
/// <param name="Epoch">The number of the epoch, from 1.</param>
/// <param name="Step">The number of batches that had been trained on at the end of the epoch, since the start of training.</param>
/// <param name="Training">The scores of the training samples, each measured with the weights of its step.</param>
/// <param name="Validation">The scores of the validation set after the epoch; null without one.</param>
/// <param name="LearningRate">The learning rate of the first parameter group in the last step of the epoch; NaN if it is not known.</param>
/// <param name="Duration">How long the epoch took, validation included.</param>
public sealed record EpochRecord(int Epoch, long Step, Scores Training, Scores? Validation, double LearningRate, TimeSpan Duration)
{
    /// <summary>Gets the loss of each training step of the epoch; empty if the losses were not kept.</summary>
    public IReadOnlyList<double> StepLosses { get; init; } = [];

    /// <summary>Gets the validation scores, or the training scores where there was no validation set: what choices are made by.</summary>
    internal Scores Decisive => Validation ?? Training;
}

/// <summary>The scores of a validation.</summary>
/// <param name="Step">The number of batches that had been trained on.</param>
/// <param name="Scores">The scores.</param>
public sealed record ValidationRecord(long Step, Scores Scores);
