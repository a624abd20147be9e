using DeepLearning.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Accuracy;

/// <summary>A network with the settings of its tutorial. pytorch/accuracy.py has an equal setup with the same name.</summary>
/// <param name="Name">The number of the tutorial and the name of the network.</param>
/// <param name="Data">The data set.</param>
/// <param name="Network">The name of the network in the factory.</param>
/// <param name="BatchSize">The number of images of a batch.</param>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="Optimizer">A function that creates the optimizer.</param>
/// <param name="Shuffle">Whether each epoch has a new order.</param>
/// <param name="Scale">The scale from pixels to inputs.</param>
internal sealed record Setup(
    string Name, string Data, string Network, int BatchSize, int Epochs, Func<IEnumerable<Parameter>, optim.Optimizer> Optimizer,
    bool Shuffle = true, PixelScale? Scale = null)
{
    private static readonly PixelScale _normalized = PixelScale.Normalized(0.1307, 0.3081);

    public static IReadOnlyList<Setup> All { get; } =
    [
        new("000", "fashion", "neural_network", 16, 8, parameters => optim.SGD(parameters, 0.001, momentum: 0.9)),
        new("001", "mnist", "dnn_mnist", 64, 5, parameters => optim.SGD(parameters, 0.01, momentum: 0.5), Scale: _normalized),
        new("002", "mnist", "simple_cnn", 32, 5, parameters => optim.SGD(parameters, 0.01), Shuffle: false),
        new("003", "mnist", "mnist_cnn", 64, 5, parameters => optim.AdamW(parameters, 0.001, weight_decay: 0.0001), Scale: _normalized),
        new("004-plain", "fashion", "no_batch_norm", 1000, 5, parameters => optim.Adam(parameters, 0.01)),
        new("004-batch-norm", "fashion", "batch_norm", 1000, 5, parameters => optim.Adam(parameters, 0.01)),
    ];
}
