using static TorchSharp.torch;

namespace DeepLearning.Data.Augmenting;

/// <summary>An augmentation that calls a function.</summary>
internal sealed class CustomAugmentation(Func<Tensor, Random, Tensor> apply) : Augmentation
{
    public override Tensor Apply(Tensor images, Random random) => apply(images, random);
}
