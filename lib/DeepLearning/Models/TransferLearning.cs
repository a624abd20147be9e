using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>
/// Prepares a pretrained model for another task: its weights come from a file, its head is new, and the rest (the backbone) is frozen. With TorchVision:
/// <c>var model = TransferLearning.Prepare(torchvision.models.resnet18(num_classes: 5), "resnet18.pth", head: "fc");</c>
/// </summary>
/// <remarks>
/// The inputs are those that the weights were trained on; TorchVision's models take [N, 3, H, W] on the scale
/// <see cref="Data.PixelScale.ImageNet"/>. The file is a state dict that PyTorch saved (<c>torch.save(model.state_dict(), "resnet18.pth")</c>) or
/// safetensors. Loading it runs no code of the file.
/// </remarks>
public static class TransferLearning
{
    /// <summary>Loads the weights of the backbone and freezes it. The head keeps the weights that it has.</summary>
    /// <param name="model">A model whose head fits the new task.</param>
    /// <param name="weights">The path of the weights: a .pth or a .safetensors file.</param>
    /// <param name="head">The name of the submodule that is trained: "fc" of a ResNet, "classifier" of VGG, AlexNet and MobileNet.</param>
    /// <returns>The model, in training mode but for the submodules of the backbone: batch norm keeps its running statistics.</returns>
    /// <exception cref="ArgumentException">The model has no parameter in a submodule of that name.</exception>
    /// <exception cref="InvalidOperationException">The names or the shapes of the backbone's weights differ; the model is unchanged.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or has another format.</exception>
    public static T Prepare<T>(T model, string weights, string head)
        where T : nn.Module<Tensor, Tensor>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(weights);
        CheckHead(model, head);
        // the head of the file may have another shape, which is no error
        string[] skip = [.. model.state_dict().Keys.Where(name => IsIn(name, head))];
        if (Path.GetExtension(weights).Equals(".safetensors", StringComparison.OrdinalIgnoreCase))
            model.load_safetensors(weights, skip: skip);
        else
            model.load_py(weights, skip: skip);
        Freeze(model, head);
        return model;
    }

    /// <summary>
    /// Freezes a model except for its head: the other parameters get no gradients, and the submodules that have only such parameters are put into
    /// evaluation mode.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="head">The name of the submodule that is trained.</param>
    /// <exception cref="ArgumentException">The model has no parameter in a submodule of that name.</exception>
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

    /// <summary>Makes all parameters trainable again and puts the whole model into training mode: to fine-tune it with a small learning rate.</summary>
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
                $"The model has no parameter in '{head}'; it has {string.Join(", ", names.Select(name => name.Split('.')[0]).Distinct())}.", nameof(head));
        }
    }

    private static bool IsIn(string name, string submodule) => name.StartsWith(submodule + ".", StringComparison.Ordinal);
}
