using TorchSharp.Extras.Modules;
using TorchSharp.Extras.Native.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Autograd;

/// <summary>A linear layer, perhaps with a ReLU, in a pass over a batch.</summary>
internal unsafe struct DenseLayer
{
    public required Parameter Weight { get; init; }

    public required Parameter? Bias { get; init; }

    public required int Outputs { get; init; }

    public required int Inputs { get; init; }

    public required float* WeightData { get; init; }

    public required float* BiasData { get; init; }

    /// <summary>Gets or sets whether the results are those of a ReLU.</summary>
    public bool HasRelu { get; set; }

    /// <summary>Gets or sets where the inputs are, [samples, inputs].</summary>
    public float* Input { get; set; }

    /// <summary>Gets or sets where the results are, [samples, outputs].</summary>
    public float* Result { get; set; }
}

/// <summary>Finds the linear layers of a sequence that consists of nothing else than these and ReLUs.</summary>
internal static unsafe class DenseLayers
{
    /// <summary>Collects the layers of a sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="input">Its input.</param>
    /// <param name="layers">Takes the layers.</param>
    /// <param name="samples">The number of samples.</param>
    /// <returns>Whether all are TorchSharp's own, without hooks, and their shapes and types are those that the products of this library take.</returns>
    public static bool TryCollect(Sequential sequence, Tensor input, List<DenseLayer> layers, out int samples)
    {
        layers.Clear();
        samples = 0;
        if (input.IsInvalid || TorchSharpNative.RequiresGradient(input.Handle))
            return false;
        var native = new NativeTensor(input.Handle);
        var sizes = native.Sizes;
        if (sizes.Length < 2 || sizes[0] is 0 or > int.MaxValue || !native.IsOnCpu || !native.IsStrided || !LinearShapes.IsPlain(native))
            return false;
        samples = (int)sizes[0];
        var features = sizes.Length == 2 ? sizes[1] : -1;
        for (var i = 0; i < sequence.Count; i++)
        {
            switch (sequence[i])
            {
                case Linear linear when linear.GetType() == typeof(Linear) && TryTake(linear, samples, features) is { } layer && !IsTwice(layer, layers):
                    layers.Add(layer);
                    features = layer.Outputs;
                    break;
                case ReLU relu when layers.Count > 0 && relu.GetType() == typeof(ReLU) && !ModuleHooks.HasAny(relu):
                    layers[^1] = layers[^1] with { HasRelu = true };
                    break;
                case Flatten { start_dim: 1, end_dim: -1 } flatten when layers.Count == 0 && flatten.GetType() == typeof(Flatten) && !ModuleHooks.HasAny(flatten):
                    features = Product(sizes[1..]);
                    break;
                default:
                    return false;
            }
        }
        return layers.Count > 0;
    }

    private static DenseLayer? TryTake(Linear linear, int samples, long features)
    {
        var (weight, bias) = (linear.weight, linear.bias);
        if (ModuleHooks.HasAny(linear) || !IsTrained(weight) || (bias is not null && !IsTrained(bias)))
            return null;
        var matrix = new NativeTensor(weight.Handle);
        var shape = matrix.Sizes;
        if (shape.Length != 2 || shape[1] != features || !MatrixProduct.Fits(samples, shape[0], shape[1]))
            return null;
        var added = bias is null ? default : new NativeTensor(bias.Handle);
        if (bias is not null && (added.Sizes.Length != 1 || added.Sizes[0] != shape[0]))
            return null;
        return new()
        {
            Weight = weight,
            Bias = bias,
            Outputs = (int)shape[0],
            Inputs = (int)shape[1],
            WeightData = (float*)matrix.Data,
            BiasData = bias is null ? null : (float*)added.Data,
        };
    }

    private static bool IsTrained(Parameter parameter)
    {
        if (parameter.IsInvalid)
            return false;
        var native = new NativeTensor(parameter.Handle);
        return native.IsOnCpu && native.IsStrided && LinearShapes.IsPlain(native) && TorchSharpNative.RequiresGradient(parameter.Handle)
            && TorchSharpNative.IsLeaf(parameter.Handle);
    }

    // the gradients of a parameter of two layers are added up, which is left to automatic differentiation
    private static bool IsTwice(in DenseLayer layer, List<DenseLayer> layers)
    {
        foreach (var other in layers)
        {
            if (other.WeightData == layer.WeightData || (layer.BiasData is not null && other.BiasData == layer.BiasData))
                return true;
        }
        return false;
    }

    private static long Product(ReadOnlySpan<long> sizes)
    {
        var product = 1L;
        foreach (var size in sizes)
            product *= size;
        return product;
    }
}
