using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>Makes networks by name, each time new and, for the same seed, with the same weights.</summary>
/// <remarks>Seed 004, 最终训练框架. There an unknown name gives None; here it is an error.</remarks>
public static class NetworkFactory
{
    private static readonly Dictionary<string, Func<Sequential>> _networks = new()
    {
        ["no_batch_norm"] = NoBatchNorm,
        ["batch_norm"] = BatchNorm,
    };

    /// <summary>The names there are.</summary>
    public static IReadOnlyCollection<string> Names => _networks.Keys;

    /// <summary>A new network for images [N, 1, 28, 28] in ten classes; it returns scores [N, 10], not probabilities.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="seed">Where the random stream of the weights starts; the default stream is left there.</param>
    /// <exception cref="ArgumentException">No network has that name.</exception>
    public static Sequential GetNetwork(string name, long seed = 50)
    {
        if (!_networks.TryGetValue(name, out var make))
            throw new ArgumentException($"There is no network '{name}'; there are {string.Join(", ", Names)}.", nameof(name));
        manual_seed(seed);
        return make();
    }

    private static Sequential NoBatchNorm() => nn.Sequential(
        nn.Conv2d(1, 6, kernel_size: 5),
        nn.ReLU(),
        nn.MaxPool2d(kernel_size: 2, stride: 2),
        nn.Conv2d(6, 12, kernel_size: 5),
        nn.ReLU(),
        nn.MaxPool2d(kernel_size: 2, stride: 2),
        nn.Flatten(start_dim: 1),
        nn.Linear(12 * 4 * 4, 120),
        nn.ReLU(),
        nn.Linear(120, 60),
        nn.ReLU(),
        nn.Linear(60, 10));

    private static Sequential BatchNorm() => nn.Sequential(
        nn.Conv2d(1, 6, kernel_size: 5),
        nn.ReLU(),
        nn.MaxPool2d(kernel_size: 2, stride: 2),
        nn.BatchNorm2d(6),
        nn.Conv2d(6, 12, kernel_size: 5),
        nn.ReLU(),
        nn.MaxPool2d(kernel_size: 2, stride: 2),
        nn.Flatten(start_dim: 1),
        nn.Linear(12 * 4 * 4, 120),
        nn.ReLU(),
        nn.BatchNorm1d(120),
        nn.Linear(120, 60),
        nn.ReLU(),
        nn.Linear(60, 10));
}
