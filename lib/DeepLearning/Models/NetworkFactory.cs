using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>
/// Creates networks by name; the same seed gives the same weights. The factory has the networks of the tutorials, and others can be added: <c>new
/// NetworkFactory { ["mine"] = () => nn.Sequential(…) }</c>.
/// </summary>
/// <remarks>Tutorial 004, the final framework. For an unknown name, the tutorial returns None; this class throws an exception.</remarks>
public sealed class NetworkFactory
{
    /// <summary>The default seed of the weights, as in the tutorial.</summary>
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

    /// <summary>Gets the names of the tutorials' networks.</summary>
    public static IReadOnlyList<string> Names => _tutorials.All;

    /// <summary>Gets all names: those of the tutorials' networks and of added networks.</summary>
    public IReadOnlyList<string> All => [.. _networks.Keys];

    /// <summary>Sets the function that creates the network with a name.</summary>
    /// <value>A function that returns a new network, with weights from the default random generator.</value>
    /// <param name="name">The name of the network.</param>
    /// <exception cref="ArgumentException">There is no network with this name; the message lists the names.</exception>
    public Func<nn.Module<Tensor, Tensor>> this[string name]
    {
        set
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            ArgumentNullException.ThrowIfNull(value);
            _networks[name] = value;
        }
    }

    /// <summary>Creates a network of the tutorials. Networks for images have inputs [N, 1, 28, 28] and outputs [N, 10], which are logits.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="seed">The seed of the weights, which seeds the default random generator.</param>
    /// <exception cref="ArgumentException">No network has this name.</exception>
    public static nn.Module<Tensor, Tensor> GetNetwork(string name, long seed = DefaultSeed) => _tutorials.Make(name, seed);

    /// <summary>Creates a network.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    /// <param name="seed">The seed of the weights, which seeds the default random generator.</param>
    /// <exception cref="ArgumentException">No network has this name.</exception>
    public nn.Module<Tensor, Tensor> Make(string name, long seed = DefaultSeed)
    {
        if (!_networks.TryGetValue(name, out var make))
            throw new ArgumentException($"There is no network '{name}'; the networks are {string.Join(", ", _networks.Keys)}.", nameof(name));
        manual_seed(seed);
        return make();
    }
}
