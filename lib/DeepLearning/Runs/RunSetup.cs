using DeepLearning.Data;
using DeepLearning.Training;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>The model, data and options of one run of a <see cref="Sweep"/>.</summary>
/// <param name="Model">The model, which the sweep disposes of.</param>
/// <param name="Train">The training batches.</param>
/// <param name="Validation">
/// The validation batches for model selection: the best epoch, early stopping, and the order of the leaderboard; null for no validation. Keep the
/// test set for the selected model.
/// </param>
/// <param name="Options">The options of training; the defaults are for classification. The sweep adds checkpoints and TensorBoard logs.</param>
public sealed record RunSetup(
    nn.Module<Tensor, Tensor> Model, IBatches Train, IBatches? Validation = null, TrainerOptions? Options = null);
