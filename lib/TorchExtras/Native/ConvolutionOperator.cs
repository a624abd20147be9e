using TorchSharp.Extras.Native.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Native;

/// <summary>Computes the gradient of a convolution's weight with libtorch's operator <c>aten::convolution_backward</c>.</summary>
internal static class ConvolutionOperator
{
    private static readonly Operator _backward = new("aten::convolution_backward", "", 3);

    /// <summary>Returns the gradient of the weight, in the shape of the weight.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="gradient">The gradient of the output, [images, outputs, height, width].</param>
    /// <param name="input">The images, [images, channels, height, width].</param>
    /// <param name="weight">The weight.</param>
    public static Tensor WeightGradient(in ConvolutionShape shape, Tensor gradient, Tensor input, Tensor weight)
    {
        var wanted = StableInterface.NewList(3);
        foreach (var flag in (ReadOnlySpan<ulong>)[0, 1, 0])
            StableInterface.AddTo(wanted, flag);
        var results = _backward.Call(
            gradient, input, weight, OperatorArgument.None, Pair(1, 1), Pair(shape.PadHeight, shape.PadWidth), Pair(1, 1), false, Pair(0, 0), 1L,
            OperatorArgument.List(wanted));
        results[0].Dispose();
        results[2].Dispose();
        return results[1];
    }

    private static OperatorArgument Pair(long first, long second) => OperatorArgument.List(StableInterface.NewList(first, second));
}
