using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Loads the weights of checkpoints.</summary>
public static class CheckpointExtensions
{
    /// <summary>Copies the weights of a checkpoint, such as <c>best.pth</c>, into a model; nothing else of the checkpoint is used.</summary>
    /// <example><c>var model = new MnistCnn().LoadCheckpoint("checkpoints/best.pth");</c></example>
    /// <param name="model">The model, of the same architecture as the one that was trained.</param>
    /// <param name="path">The path of the checkpoint.</param>
    /// <returns>The same model.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or not a checkpoint.</exception>
    /// <exception cref="InvalidOperationException">Names or shapes of the weights differ; the model is unchanged.</exception>
    public static T LoadCheckpoint<T>(this T model, string path)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(model);
        using var scope = NewDisposeScope();
        if (PyTorchFile.Load(path) is not Dictionary<object, object?> content || !content.TryGetValue("model", out var weights))
            throw new InvalidDataException($"{path} is not a checkpoint of a training: use load_py for a file of weights alone.");
        model.load_state_dict_py(weights);
        return model;
    }
}
