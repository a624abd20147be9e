using TorchSharp;
using TorchSharp.Extras.Modules;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>
/// The dense networks of tutorial 001, with an activation after each layer. Their parameters have PyTorch's names and initial values.
/// </summary>
public sealed class Dnn : nn.Module<Tensor, Tensor>, ISequenceModule
{
    [ComponentName(Name = "net")]
    private readonly Sequential _net;

    private Dnn(params nn.Module<Tensor, Tensor>[] layers)
        : base(nameof(Dnn))
    {
        _net = nn.fused.Sequential(layers);
        RegisterComponents();
    }

    LayerSequence ISequenceModule.Layers => field ??= new(_net);

    /// <summary>
    /// Creates a network 3-5-5-5-3 with ReLUs for <see cref="Data.ThreeClasses"/>, from inputs [N, 3] to logits of three classes [N, 3].
    /// </summary>
    public static Dnn ThreeClasses() => new(
        nn.Linear(3, 5), nn.ReLU(),
        nn.Linear(5, 5), nn.ReLU(),
        nn.Linear(5, 5), nn.ReLU(),
        nn.Linear(5, 3));

    /// <summary>
    /// Creates a network 8-32-8-4-1 with sigmoids for <see cref="Data.DataCsv"/>, from inputs [N, 8] to the probability of the label 1, [N, 1].
    /// </summary>
    /// <remarks>The tutorial trains it twice: with batch gradient descent and with mini-batches.</remarks>
    public static Dnn Table() => new(
        nn.Linear(8, 32), nn.Sigmoid(),
        nn.Linear(32, 8), nn.Sigmoid(),
        nn.Linear(8, 4), nn.Sigmoid(),
        nn.Linear(4, 1), nn.Sigmoid());

    /// <summary>Creates a network 784-512-256-128-64-10 with ReLUs for MNIST, from images [N, 1, 28, 28] to logits [N, 10].</summary>
    public static Dnn Mnist() => new(
        nn.Flatten(),
        nn.Linear(784, 512), nn.ReLU(),
        nn.Linear(512, 256), nn.ReLU(),
        nn.Linear(256, 128), nn.ReLU(),
        nn.Linear(128, 64), nn.ReLU(),
        nn.Linear(64, 10));

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => _net.call(input);
}
