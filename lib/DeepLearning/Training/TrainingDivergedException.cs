using System.Globalization;

namespace DeepLearning.Training;

/// <summary>The loss has become infinite or NaN: the weights are lost, and more steps would not restore them.</summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(int epoch, long step, double learningRate)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The loss became infinite or NaN in step {step} (epoch {epoch}). Try a learning rate below {learningRate:g3}, set "
            + $"TrainerOptions.GradientClipNorm to 1, and check that inputs are normalized and the loss takes no logarithm of 0."))
    {
    }
}
