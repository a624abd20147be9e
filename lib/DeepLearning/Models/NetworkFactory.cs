using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>
/// Makes networks by name, each time new and, for the same seed, with the same weights. It knows the tutorials' networks; a factory of one's
/// own knows one's own beside them: <c>new NetworkFactory { ["mine"] = () => nn.Sequential(…) }</c>.
/// </summary>
/// <remarks>Tutorial 004, the final framework. There an unknown name gives None; here it is an error.</remarks>
public sealed class NetworkFactory
{
    /// <summary>The seed of the weights unless told, as the tutorial sets it.</summary>
    public const long DefaultSeed = 50;

    private static readonly NetworkFactory _tutorials = new();

    private readonly OrderedDictionary<string, Func<nn.Module<Tensor, Tensor>>> _networks = new()
    {
        ["no_batch_norm"] = SequentialNetworks.Numbered,
        ["batch_norm"] = SequentialNetworks.BatchNorm,
        ["network"] = () => new Network(),
        ["neural_network"] = () => new NeuralNetwork(layersNum: 10),
        ["neural_network_as_in_tutorial"] = () => new NeuralNetwork(layersNum: 10, asInTutorial: true),
        ["dnn_three_classes"] = Dnn.ThreeClasses,
        ["dnn_table"] = Dnn.Table,
        ["dnn_mnist"] = Dnn.Mnist,
        ["simple_cnn"] = () => new SimpleCnn(),
        ["mnist_cnn"] = () => new MnistCnn(),
    };

    /// <summary>The names of the tutorials' networks.</summary>
    public static IReadOnlyList<string> Names => _tutorials.All;

    /// <summary>The names that this factory knows: the tutorials' and those that were added.</summary>
    public IReadOnlyList<string> All => [.. _networks.Keys];

    /// <summary>Adds a network under a name, or replaces the one of that name.</summary>
    /// <value>Makes the network anew at each call, its weights from the default random stream.</value>
    public Func<nn.Module<Tensor, Tensor>> this[string name]
    {
        set
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            ArgumentNullException.ThrowIfNull(value);
            _networks[name] = value;
        }
    }

    /// <summary>One of the tutorials' networks, new. Those for images take [N, 1, 28, 28] and return scores [N, 10], not probabilities.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="seed">Where the random stream of the weights starts; the default stream is left there.</param>
    /// <exception cref="ArgumentException">No network has that name.</exception>
    public static nn.Module<Tensor, Tensor> GetNetwork(string name, long seed = DefaultSeed) => _tutorials.Make(name, seed);

    /// <summary>A new network.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    /// <param name="seed">Where the random stream of the weights starts; the default stream is left there.</param>
    /// <exception cref="ArgumentException">No network has that name.</exception>
    public nn.Module<Tensor, Tensor> Make(string name, long seed = DefaultSeed)
    {
        if (!_networks.TryGetValue(name, out var make))
            throw new ArgumentException($"There is no network '{name}'; there are {string.Join(", ", _networks.Keys)}.", nameof(name));
        manual_seed(seed);
        return make();
    }
}
