using System.Globalization;

namespace DeepLearning.Training;

/// <summary>The loss is no finite number any more: the weights are lost, and going on would not bring them back.</summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(int epoch, long step, double learningRate)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The loss became infinite or NaN by step {step} (epoch {epoch}). Try a learning rate below {learningRate:g3}, set "
            + $"TrainerOptions.ClipGradientNorm to 1, and see that inputs are normalised and the loss takes no logarithm of 0."))
    {
    }
}
