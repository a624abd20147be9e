using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// The memory format torch.channels_last for images and for weights of convolutions: the channels of a pixel are adjacent in memory. The shape is
/// still [N, channels, height, width]. TorchSharp has no memory_format; this class permutes dimensions instead.
/// </summary>
internal static class ChannelsLast
{
    /// <summary>Returns the tensor in this format; a tensor without four dimensions is returned unchanged.</summary>
    public static Tensor Of(Tensor tensor)
    {
        if (tensor.ndim != 4)
            return tensor;
        using var scope = NewDisposeScope();
        return tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>Changes the format of a model's weights in place, so that an optimizer keeps its parameter objects.</summary>
    public static void Apply(nn.Module model)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        foreach (var parameter in model.parameters().Where(parameter => parameter.ndim == 4))
            parameter.set_(Of(parameter.detach()));
    }
}
