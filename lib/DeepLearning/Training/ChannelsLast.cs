using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Images and the weights of convolutions as they lie in memory: the channels of a pixel side by side, instead of a plane for each channel.
/// Their shape stays [N, channels, height, width].
/// </summary>
internal static class ChannelsLast
{
    /// <summary>The tensor, so laid out; as it is where it has no four dimensions.</summary>
    public static Tensor Of(Tensor tensor)
    {
        if (tensor.ndim != 4)
            return tensor;
        using var scope = NewDisposeScope();
        return tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>Lays the weights out so, in their place: their values, and who else holds them, stay.</summary>
    public static void Apply(nn.Module model)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        foreach (var parameter in model.parameters().Where(parameter => parameter.ndim == 4))
            parameter.set_(Of(parameter.detach()));
    }
}
