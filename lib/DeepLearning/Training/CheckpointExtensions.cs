using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Provides methods that load weights from checkpoints.</summary>
public static class CheckpointExtensions
{
    /// <summary>Copies the weights of a checkpoint, such as <c>best.pth</c>, into a model; other content of the checkpoint is ignored.</summary>
    /// <example><c>var model = new MnistCnn().LoadCheckpoint("checkpoints/best.pth");</c></example>
    /// <param name="model">The model, which has the architecture of the trained model.</param>
    /// <param name="path">The path of the checkpoint.</param>
    /// <returns>The model.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or not a checkpoint.</exception>
    /// <exception cref="InvalidOperationException">Names or shapes of the weights differ; the model is unchanged.</exception>
    public static T LoadCheckpoint<T>(this T model, string path)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(model);
        using var scope = NewDisposeScope();
        if (PyTorchFile.Load(path) is not Dictionary<object, object?> content || !content.TryGetValue("model", out var weights))
            throw new InvalidDataException($"{path} is not a training checkpoint: use load_py for a file with weights only.");
        SavedWeights.Load(model, weights, path);
        return model;
    }
}
