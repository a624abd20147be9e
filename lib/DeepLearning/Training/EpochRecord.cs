using System.Globalization;
using System.Text.Json.Serialization;

namespace DeepLearning.Training;

/// <summary>The results of one epoch, for tables, charts, logs, checkpoints and run records.</summary>
/// <param name="Epoch">The number of the epoch, from 1.</param>
/// <param name="Step">The number of training batches since the start of training, at the end of the epoch.</param>
/// <param name="Training">The scores of the training samples, each measured with the weights of its step.</param>
/// <param name="Validation">The scores of the validation data after the epoch; null without validation data.</param>
/// <param name="LearningRate">The learning rate of the first parameter group in the last step of the epoch; NaN if it is unknown.</param>
/// <param name="Duration">The duration of the epoch, validation included.</param>
[JsonConverter(typeof(EpochRecordJson))]
public sealed record EpochRecord(int Epoch, long Step, Scores Training, Scores? Validation, double LearningRate, TimeSpan Duration)
{
    /// <summary>Gets the loss of each training step of the epoch; empty if the losses were not kept.</summary>
    public IReadOnlyList<double> StepLosses { get; init; } = [];

    /// <summary>Gets the scores for selection: the validation scores, or the training scores if there was no validation data.</summary>
    internal Scores Decisive => Validation ?? Training;

    /// <summary>Returns the record as text: "epoch 3: loss 0.4312, accuracy 0.8421; validation loss 0.5125, accuracy 0.8012; 12.3 s".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch}: {Text()}; {Duration.TotalSeconds:0.0} s");

    /// <summary>Returns the scores as text: "loss 0.4312, accuracy 0.8421; validation loss 0.5125, accuracy 0.8012".</summary>
    internal string Text() => Validation is null ? $"{Training}" : $"{Training}; validation {Validation}";

    /// <summary>Returns whether all values are equal, including the step losses; NaN equals NaN.</summary>
    public bool Equals(EpochRecord? other) => other is not null
        && (Epoch, Step, Duration) == (other.Epoch, other.Step, other.Duration) && LearningRate.Equals(other.LearningRate)
        && Equals(Training, other.Training) && Equals(Validation, other.Validation) && StepLosses.SequenceEqual(other.StepLosses);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Epoch, Step, Training, Validation, LearningRate, StepLosses.Count);
}

/// <summary>The scores of a validation.</summary>
/// <param name="Step">The number of training batches before the validation.</param>
/// <param name="Scores">The scores.</param>
public sealed record ValidationRecord(long Step, Scores Scores);
