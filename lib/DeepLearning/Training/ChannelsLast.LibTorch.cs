using static TorchSharp.torch;

namespace DeepLearning.Training;

internal static partial class ChannelsLast
{
    static partial void Rearrange(nn.Module model)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        foreach (var parameter in model.parameters().Where(parameter => parameter.ndim == 4))
            parameter.set_(Of(parameter.detach()));
    }
}
