using System.Globalization;

namespace DeepLearning.Training;

/// <summary>
/// The exception for a loss that has become infinite or NaN. The weights are then usually NaN, and further steps cannot recover them.
/// </summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(int epoch, long step, double learningRate, string? undefined)
        : base(string.Create(CultureInfo.InvariantCulture, $"The loss became infinite or NaN in step {step} (epoch {epoch}). {Advice(learningRate, undefined)}"))
    {
    }

    private static string Advice(double learningRate, string? undefined) => undefined is null
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"Try a learning rate below {learningRate:g3}, set TrainerOptions.GradientClipNorm to 1, and check that inputs are normalized and "
            + $"that the loss computes no logarithm of 0.")
        : $"The {undefined} of this batch have NaN or infinite values: remove such samples, or fill in missing values (MissingValueFiller).";
}
