using TorchSharp.Extras.Native.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Native;

/// <summary>Computes a linear layer as the single operator <c>aten::linear</c> where this library has a kernel for it.</summary>
/// <remarks>TorchSharp computes the layer as a transposition and a product, with five operators in the backward pass.</remarks>
internal static class LinearOperator
{
    private static readonly Operator _linear = new("aten::linear", "", 1);

    /// <summary>Returns the output of a layer.</summary>
    /// <param name="layer">The layer. Its hooks are not called.</param>
    /// <param name="input">The input, […, in_features].</param>
    public static Tensor Call(Linear layer, Tensor input)
    {
        var (weight, bias) = (layer.weight, layer.bias);
        return IsTaken(input, weight, bias) ? _linear.Call(input, weight, OperatorArgument.Optional(bias))[0] : layer.forward(input);
    }

    // for incompatible shapes or types, TorchSharp's method throws
    private static bool IsTaken(Tensor input, Parameter weight, Parameter? bias)
    {
        if (!CpuKernels.AreRegistered || !MatrixTiles.IsSupported || input.IsInvalid || weight.IsInvalid)
            return false;
        var (x, matrix) = (new NativeTensor(input.Handle), new NativeTensor(weight.Handle));
        var sizes = x.Sizes;
        var shape = matrix.Sizes;
        var isTaken = sizes.Length >= 2 && shape.Length == 2 && sizes[^1] == shape[1] && x.IsOnCpu && matrix.IsOnCpu
            && x.Type == ScalarType.Float32 && matrix.Type == ScalarType.Float32 && (bias is null || IsBias(new NativeTensor(bias.Handle), shape[0]));
        GC.KeepAlive(input);
        GC.KeepAlive(weight);
        return isTaken;
    }

    private static bool IsBias(NativeTensor bias, long outputs) =>
        bias.Sizes.Length == 1 && bias.Sizes[0] == outputs && bias.IsOnCpu && bias.Type == ScalarType.Float32;
}
