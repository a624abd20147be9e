namespace DeepLearning.Training;

/// <summary>What one epoch came to.</summary>
/// <param name="Epoch">Which one, from 1.</param>
/// <param name="Step">How many batches had been trained on at its end, since the start of training.</param>
/// <param name="Training">The scores of the training samples, each under the weights it was trained with.</param>
/// <param name="Validation">The scores of the validation set after the epoch; null without one.</param>
/// <param name="LearningRate">The first group's learning rate during the epoch's last step.</param>
/// <param name="Duration">How long the epoch took, validation included.</param>
public sealed record EpochRecord(int Epoch, long Step, Scores Training, Scores? Validation, double LearningRate, TimeSpan Duration);

/// <summary>A validation, and when it was.</summary>
/// <param name="Step">How many batches had been trained on.</param>
/// <param name="Scores">What it came to.</param>
public sealed record ValidationRecord(long Step, Scores Scores);
