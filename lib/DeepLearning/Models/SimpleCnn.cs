using TorchSharp.Extras.Modules;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>
/// The convolutional network of tutorial 002 for MNIST: two convolutions that extract features, and two linear layers that classify them. Inputs are
/// images [N, 1, 28, 28], outputs are logits [N, classes]. The parameters have PyTorch's names and initial values.
/// </summary>
public sealed class SimpleCnn : nn.Module<Tensor, Tensor>, ISequenceModule
{
    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1 = nn.Conv2d(1, 32, kernel_size: 3);
    [ComponentName(Name = "pool1")]
    private readonly MaxPool2d _pool1 = nn.MaxPool2d(2);
    [ComponentName(Name = "conv2")]
    private readonly Conv2d _conv2 = nn.Conv2d(32, 64, kernel_size: 3);
    [ComponentName(Name = "pool2")]
    private readonly MaxPool2d _pool2 = nn.MaxPool2d(2);
    [ComponentName(Name = "fc1")]
    private readonly Linear _fc1 = nn.Linear(1600, 64);
    [ComponentName(Name = "fc2")]
    private readonly Linear _fc2;

    /// <summary>Initializes a new instance with PyTorch's initial weights.</summary>
    /// <param name="numClasses">The number of classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of classes is not positive.</exception>
    public SimpleCnn(int numClasses = 10)
        : base(nameof(SimpleCnn))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numClasses);
        _fc2 = nn.Linear(64, numClasses);
        RegisterComponents();
    }

    LayerSequence ISequenceModule.Layers => field ??= new(
        _conv1, nn.ReLU(), _pool1, _conv2, nn.ReLU(), _pool2, nn.Flatten(), _fc1, nn.ReLU(), _fc2);

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = _pool1.call(nn.functional.relu(_conv1.call(input)));
        x = _pool2.call(nn.functional.relu(_conv2.call(x)));
        x = x.flatten(start_dim: 1);
        x = nn.functional.relu(_fc1.call(x));
        return _fc2.call(x).MoveToOuterDisposeScope();
    }
}
