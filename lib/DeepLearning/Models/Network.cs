using TorchSharp.Extras.Modules;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>
/// The network of tutorial 004 for Fashion-MNIST, as a class. Inputs are images [N, 1, 28, 28], outputs are logits [N, 10]. The parameters have
/// PyTorch's names and initial values. <see cref="SequentialNetworks"/> has the same network without a class.
/// </summary>
public sealed class Network : nn.Module<Tensor, Tensor>, ISequenceModule
{
    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1 = nn.Conv2d(in_channels: 1, out_channels: 6, kernel_size: 5);
    [ComponentName(Name = "conv2")]
    private readonly Conv2d _conv2 = nn.Conv2d(in_channels: 6, out_channels: 12, kernel_size: 5);
    [ComponentName(Name = "fc1")]
    private readonly Linear _fc1 = nn.Linear(12 * 4 * 4, 120);
    [ComponentName(Name = "fc2")]
    private readonly Linear _fc2 = nn.Linear(120, 60);
    [ComponentName(Name = "out")]
    private readonly Linear _out = nn.Linear(60, 10);

    /// <summary>Initializes a new instance, with weights from the default random generator.</summary>
    public Network()
        : base(nameof(Network)) => RegisterComponents();

    LayerSequence ISequenceModule.Layers => field ??= new(
        _conv1, nn.ReLU(), nn.MaxPool2d(kernel_size: 2, stride: 2),
        _conv2, nn.ReLU(), nn.MaxPool2d(kernel_size: 2, stride: 2),
        nn.Flatten(), _fc1, nn.ReLU(), _fc2, nn.ReLU(), _out);

    /// <inheritdoc/>
    public override Tensor forward(Tensor t)
    {
        using var scope = NewDisposeScope();
        t = nn.functional.relu(_conv1.call(t));
        t = nn.functional.max_pool2d(t, kernel_size: 2, stride: 2);
        t = nn.functional.relu(_conv2.call(t));
        t = nn.functional.max_pool2d(t, kernel_size: 2, stride: 2);
        t = t.reshape(-1, 12 * 4 * 4);
        t = nn.functional.relu(_fc1.call(t));
        t = nn.functional.relu(_fc2.call(t));
        return _out.call(t).MoveToOuterDisposeScope();
    }
}
