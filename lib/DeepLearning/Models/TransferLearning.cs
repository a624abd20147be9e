using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>
/// Prepares a pretrained model for another task: loads its weights from a file, keeps a new head, and freezes the other layers (the backbone). With
/// TorchVision:
/// <c>var model = TransferLearning.Prepare(torchvision.models.resnet18(num_classes: 5), "resnet18.pth", head: "fc");</c>
/// </summary>
/// <remarks>
/// Inputs must be like those of the pretraining; TorchVision's models expect [N, 3, H, W] on the scale <see cref="Data.PixelScale.ImageNet"/>. The
/// file is a PyTorch state dict (<c>torch.save(model.state_dict(), "resnet18.pth")</c>) or a safetensors file. Loading runs no code from the file.
/// </remarks>
public static class TransferLearning
{
    /// <summary>Loads the weights of the backbone and freezes it. The head keeps its weights.</summary>
    /// <param name="model">A model with a head for the new task.</param>
    /// <param name="weights">The path of the weights: a .pth or a .safetensors file.</param>
    /// <param name="head">The name of the submodule that is trained: "fc" of a ResNet, "classifier" of VGG, AlexNet and MobileNet.</param>
    /// <returns>The model, in training mode except for the submodules of the backbone, so batch norms keep their running statistics.</returns>
    /// <exception cref="ArgumentException">The model has no parameters in a submodule with this name.</exception>
    /// <exception cref="InvalidOperationException">The names or the shapes of the backbone's weights differ; the model is unchanged.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or has another format.</exception>
    public static T Prepare<T>(T model, string weights, string head)
        where T : nn.Module<Tensor, Tensor>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(weights);
        CheckHead(model, head);
        // the head in the file may have another shape
        string[] skip = [.. model.state_dict().Keys.Where(name => IsIn(name, head))];
        if (Path.GetExtension(weights).Equals(".safetensors", StringComparison.OrdinalIgnoreCase))
            model.load_safetensors(weights, skip: skip);
        else
            model.load_py(weights, skip: skip);
        Freeze(model, head);
        return model;
    }

    /// <summary>
    /// Freezes a model except for its head: the other parameters get no gradients, and submodules with only such parameters are set to evaluation
    /// mode.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="head">The name of the submodule that is trained.</param>
    /// <exception cref="ArgumentException">The model has no parameters in a submodule with this name.</exception>
    public static void Freeze(nn.Module model, string head)
    {
        ArgumentNullException.ThrowIfNull(model);
        CheckHead(model, head);
        foreach (var (name, parameter) in model.named_parameters())
            parameter.requires_grad = IsIn(name, head);
        model.train();
        foreach (var (name, module) in model.named_modules())
        {
            if (module.parameters().Any() && module.parameters().All(parameter => !parameter.requires_grad))
                module.eval();
        }
    }

    /// <summary>Makes all parameters trainable and sets the whole model to training mode, for fine-tuning with a small learning rate.</summary>
    /// <param name="model">The model.</param>
    public static void Unfreeze(nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var parameter in model.parameters())
            parameter.requires_grad = true;
        model.train();
    }

    private static void CheckHead(nn.Module model, string head)
    {
        ArgumentException.ThrowIfNullOrEmpty(head);
        string[] names = [.. model.named_parameters().Select(entry => entry.name)];
        if (!names.Any(name => IsIn(name, head)))
        {
            throw new ArgumentException(
                $"The model has no parameters in '{head}'; its submodules are {string.Join(", ", names.Select(name => name.Split('.')[0]).Distinct())}.", nameof(head));
        }
    }

    private static bool IsIn(string name, string submodule) => name.StartsWith(submodule + ".", StringComparison.Ordinal);
}
