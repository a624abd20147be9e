using DeepLearning.Data;
using DeepLearning.Training;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>What a <see cref="Sweep"/> trains for one run.</summary>
/// <param name="Model">The model being trained. The sweep disposes it.</param>
/// <param name="Train">The training batches.</param>
/// <param name="Validation">
/// The validation batches, on which choices are made: the best epoch, early stopping, and the order of the leaderboard. null measures nothing.
/// Keep the test set for the model that you have chosen.
/// </param>
/// <param name="Options">The options of the training; the defaults classify. The sweep adds checkpoints and TensorBoard.</param>
public sealed record RunSetup(
    nn.Module<Tensor, Tensor> Model, IBatches Train, IBatches? Validation = null, TrainerOptions? Options = null);
