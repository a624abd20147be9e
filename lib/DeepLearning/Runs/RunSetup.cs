using DeepLearning.Data;
using DeepLearning.Training;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>What a <see cref="Sweep"/> trains for one run.</summary>
/// <param name="Model">What learns; the sweep disposes of it.</param>
/// <param name="Train">What it learns from.</param>
/// <param name="Test">What it is measured on and does not learn from; null measures nothing.</param>
/// <param name="Options">How; the defaults classify. The sweep adds checkpoints and TensorBoard.</param>
public sealed record RunSetup(
    nn.Module<Tensor, Tensor> Model, IBatches Train, IBatches? Test = null, TrainerOptions? Options = null);
