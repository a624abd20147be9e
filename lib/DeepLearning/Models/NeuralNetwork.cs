using TorchSharp;
using TorchSharp.Extras.Modules;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>
/// The deep network of tutorial 000 for images of 28x28: linear layers of equal width with ReLUs, on normalized pixels. Inputs are [N, 1, 28, 28]
/// from 0 to 1, outputs are logits [N, 10]. The parameters have PyTorch's names and initial values.
/// </summary>
/// <remarks>
/// The tutorial adds every ReLU with the name "relu", so PyTorch replaces the previous one: only the first two layers have an activation, and the
/// other layers together are equivalent to a single linear layer. <c>asInTutorial</c> creates that network.
/// </remarks>
public sealed class NeuralNetwork : nn.Module<Tensor, Tensor>, ISequenceModule
{
    [ComponentName(Name = "linear_relu_stack")]
    private readonly Sequential _stack;
    // fields, because TorchSharp does not keep scalars alive during calls
    private readonly Scalar _mean;
    private readonly Scalar _std;

    /// <summary>Initializes a new instance with PyTorch's initial weights.</summary>
    /// <param name="layersNum">The number of hidden layers, at least one.</param>
    /// <param name="width">The number of outputs of each hidden layer.</param>
    /// <param name="asInTutorial">Whether only the first two layers have an activation, as in the tutorial.</param>
    /// <param name="mean">The mean of the pixels, which is subtracted; by default the tutorial's for Fashion-MNIST.</param>
    /// <param name="std">The divisor of the pixels; by default the tutorial's value, the mean of the standard deviations of single images.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of layers, the width or the standard deviation is not positive.</exception>
    public NeuralNetwork(int layersNum = 2, int width = 100, bool asInTutorial = false, double mean = 0.2860, double std = 0.3205)
        : base(nameof(NeuralNetwork))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(layersNum);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(std);
        _mean = mean;
        _std = std;
        _stack = nn.fused.Sequential(Layers(layersNum, width, asInTutorial));
        RegisterComponents();
        foreach (var linear in _stack.children().OfType<Linear>())
        {
            nn.init.xavier_uniform_(linear.weight);
            nn.init.zeros_(linear.bias!);
        }
    }

    LayerSequence ISequenceModule.Layers => field ??= new(_stack);

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return _stack.call(Prepare(input)).MoveToOuterDisposeScope();
    }

    Tensor ISequenceModule.Prepare(Tensor input) => Prepare(input);

    private Tensor Prepare(Tensor input)
    {
        using var centered = input.sub(_mean);
        using var normalized = centered.div(_std);
        return normalized.flatten(1);
    }

    private static IEnumerable<(string, nn.Module<Tensor, Tensor>)> Layers(int layersNum, int width, bool asInTutorial)
    {
        yield return ("0", nn.Linear(28 * 28, width));
        yield return ("1", nn.ReLU());
        for (var i = 1; i < layersNum; i++)
        {
            yield return ($"Linear_{i}", nn.Linear(width, width));
            if (!asInTutorial)
                yield return ($"relu_{i}", nn.ReLU());
            else if (i == 1)
                yield return ("relu", nn.ReLU());
        }
        yield return ("Output Layer", nn.Linear(width, 10));
    }
}
