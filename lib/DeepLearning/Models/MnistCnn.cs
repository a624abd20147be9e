using TorchSharp;
using TorchSharp.Extras.Modules;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>
/// The convolutional network of tutorial 003 for MNIST: two blocks of convolution, ReLU and pooling, then two linear layers with dropout between
/// them. Inputs are images [N, 1, 28, 28], outputs are logits [N, 10]. The parameters have PyTorch's names and initial values.
/// </summary>
public sealed class MnistCnn : nn.Module<Tensor, Tensor>, ISequenceModule
{
    [ComponentName(Name = "conv_layers")]
    private readonly Sequential _convLayers = nn.fused.Sequential(
        nn.Conv2d(1, 32, kernel_size: 3, padding: 1),
        nn.ReLU(inplace: true),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, kernel_size: 3, padding: 1),
        nn.ReLU(inplace: true),
        nn.MaxPool2d(2));
    [ComponentName(Name = "fc_layers")]
    private readonly Sequential _fcLayers = nn.fused.Sequential(
        nn.Linear(64 * 7 * 7, 128),
        nn.ReLU(inplace: true),
        nn.Dropout(0.5),
        nn.Linear(128, 10));

    /// <summary>Initializes a new instance, with weights from the default random generator.</summary>
    public MnistCnn()
        : base(nameof(MnistCnn)) => RegisterComponents();

    LayerSequence ISequenceModule.Layers => field ??= new(_convLayers, nn.Flatten(), _fcLayers);

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = _convLayers.call(input);
        x = x.flatten(1);
        return _fcLayers.call(x).MoveToOuterDisposeScope();
    }
}
