using TorchSharp.Extras.Native.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Native;

/// <summary>Calls the kernels of convolutions with tensors.</summary>
/// <param name="Input">The images.</param>
/// <param name="Weight">The weights.</param>
/// <param name="Bias">The bias; null for none.</param>
/// <param name="Padding">The rows and columns of zeros at each side.</param>
internal sealed record ConvolutionCall(Tensor Input, Tensor Weight, Tensor? Bias, (int Height, int Width) Padding)
{
    public ConvolutionShape Shape => new(
        (int)Input.shape[1], (int)Input.shape[2], (int)Input.shape[3], (int)Weight.shape[0], (int)Weight.shape[2], (int)Weight.shape[3], Padding.Height,
        Padding.Width);

    private int Images => (int)Input.shape[0];

    public unsafe Tensor Forward(bool hasRelu = false)
    {
        using var weights = new ConvolutionWeights();
        Assert.True(weights.TryPack(Shape, Data(Weight), Bias is null ? null : Data(Bias)));
        var result = full([Images, Shape.Outputs, Shape.OutHeight, Shape.OutWidth], float.NaN);
        ConvolutionForward.Run(Shape, Data(Input), Images, weights, hasRelu, Data(result), null);
        return result;
    }

    public unsafe (Tensor Input, Tensor Weight, Tensor Bias, bool IsFinite) Backward(Tensor gradient)
    {
        using var weights = new ConvolutionWeights();
        weights.TryPack(Shape, Data(Weight), null);
        using var parts = new NativeBuffer();
        var (input, weight, bias) = (full_like(Input, float.NaN), full_like(Weight, float.NaN), full([Shape.Outputs], float.NaN));
        var isFinite = ConvolutionBackward.Run(
            Shape, Data(Input), new ConvolutionGradient(Data(gradient), null, null), Images, weights, Data(input), Data(weight), Data(bias),
            parts.Reserve(ConvolutionBackward.PartsLength(Shape, Images)));
        return (input, weight, bias, isFinite);
    }

    private static unsafe float* Data(Tensor tensor)
    {
        Assert.True(tensor.is_contiguous() && tensor.dtype == ScalarType.Float32);
        return (float*)new NativeTensor(tensor.Handle).Data;
    }
}
