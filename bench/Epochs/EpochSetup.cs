using DeepLearning.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Epochs;

/// <summary>A training run with the settings of its tutorial. pytorch/epochs.py has the training loop of the tutorial with the same name.</summary>
/// <param name="Seed">The number of the tutorial.</param>
/// <param name="Fashion">Whether the data set is Fashion-MNIST; MNIST otherwise.</param>
/// <param name="Network">The name of the network in the factory.</param>
/// <param name="BatchSize">The number of images of a batch.</param>
/// <param name="Optimizer">A function that creates the optimizer.</param>
/// <param name="Shuffle">Whether each epoch has a new order.</param>
/// <param name="IsNormalized">Whether inputs are normalized with MNIST's mean and standard deviation; otherwise they are from 0 to 1.</param>
internal sealed record EpochSetup(
    string Seed, bool Fashion, string Network, int BatchSize, Func<IEnumerable<Parameter>, optim.Optimizer> Optimizer, bool Shuffle = true,
    bool IsNormalized = false)
{
    public static IReadOnlyList<EpochSetup> All { get; } =
    [
        new("000", Fashion: true, "neural_network_as_in_tutorial", 16, parameters => optim.SGD(parameters, 0.001, momentum: 0.9)),
        new("001", Fashion: false, "dnn_mnist", 64, parameters => optim.SGD(parameters, 0.01, momentum: 0.5), IsNormalized: true),
        new("002", Fashion: false, "simple_cnn", 32, parameters => optim.SGD(parameters, 0.01), Shuffle: false),
        new("003", Fashion: false, "mnist_cnn", 64, parameters => optim.AdamW(parameters, 0.001, weight_decay: 0.0001), IsNormalized: true),
        new("004", Fashion: true, "no_batch_norm", 1000, parameters => optim.Adam(parameters, 0.01)),
    ];

    /// <summary>Gets the scale from pixels to inputs.</summary>
    public PixelScale Scale => IsNormalized ? PixelScale.Normalized(0.1307, 0.3081) : PixelScale.ZeroToOne;

    /// <summary>Loads a split of the data, or synthetic images if the real images are not available.</summary>
    public ImageDataset Load(bool train) => Fashion ? FashionMnist.Load(train) : Mnist.Load(train);
}
