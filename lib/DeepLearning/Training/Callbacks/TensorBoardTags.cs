namespace DeepLearning.Training.Callbacks;

/// <summary>The TensorBoard tags of this library.</summary>
internal static class TensorBoardTags
{
    /// <summary>The loss of single steps.</summary>
    public const string StepLoss = "step/loss";

    /// <summary>The learning rate after each epoch.</summary>
    public const string LearningRate = "learning rate";

    /// <summary>A grid of training images.</summary>
    public const string Images = "images";

    /// <summary>Returns the tag of a score: "training/loss", "validation/accuracy".</summary>
    public static string Score(string split, string score) => $"{split}/{score}";

    /// <summary>Returns the tag of a parameter's histogram: "weights/conv1.weight".</summary>
    public static string Weights(string parameter) => $"weights/{parameter}";

    /// <summary>Returns the tag of a gradient's histogram: "gradients/conv1.weight".</summary>
    public static string Gradients(string parameter) => $"gradients/{parameter}";

    /// <summary>Returns the tag of a run's last score in the table of hyperparameters: "final/accuracy", "final/validation accuracy".</summary>
    public static string Final(string score) => $"final/{score}";
}
