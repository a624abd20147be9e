using TorchSharp.Extras.Native.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Native;

/// <summary>
/// Compares convolutions of Float32 images with convolutions of the same numbers in Float64. A sum of n products may differ from the exact one by n + 1
/// roundings of the sum of their absolute values.
/// </summary>
public sealed class ConvolutionKernelTests
{
    // images, channels, height, width, outputs, kernel height and width, padding height and width
    public static TheoryData<int[]> Sizes =>
    [
        [64, 1, 28, 28, 32, 3, 3, 1, 1], [5, 32, 14, 14, 64, 3, 3, 1, 1], [3, 32, 13, 13, 64, 3, 3, 0, 0], [17, 1, 28, 28, 6, 5, 5, 0, 0],
        [40, 6, 12, 12, 12, 5, 5, 0, 0], [1, 1, 1, 1, 1, 1, 1, 0, 0], [2, 3, 4, 4, 5, 1, 1, 0, 0], [2, 1, 3, 3, 1, 3, 3, 0, 0], [3, 2, 5, 7, 9, 3, 2, 1, 0],
        [2, 4, 9, 6, 8, 2, 5, 1, 4], [1, 17, 8, 33, 7, 3, 3, 2, 2], [7, 3, 6, 50, 3, 1, 7, 0, 3], [66, 2, 4, 3, 3, 4, 3, 0, 0], [2, 5, 2, 2, 4, 3, 3, 2, 1],
        [4, 3, 16, 16, 16, 3, 3, 1, 1],
    ];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Results_differ_from_the_exact_ones_by_rounding(int[] sizes)
    {
        if (!MatrixTiles.IsSupported)
            return;
        using var scope = NewDisposeScope();
        var call = Create(sizes);
        Assert.True(call.Shape.IsSupported);
        foreach (var bias in new[] { call.Bias, null })
        {
            var ours = call with { Bias = bias };
            var (exact, magnitude) = (Exact(ours), Exact(ours with { Input = call.Input.abs(), Weight = call.Weight.abs(), Bias = bias?.abs() }));
            ProductKernelTests.AssertClose(ours.Forward(), exact, magnitude, call.Shape.Length + 1);
            Assert.True(ours.Forward(hasRelu: true).Equals(ours.Forward().relu()));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Gradients_differ_from_the_exact_ones_by_rounding(int[] sizes)
    {
        if (!MatrixTiles.IsSupported)
            return;
        using var scope = NewDisposeScope();
        var call = Create(sizes);
        var gradient = randn(sizes[0], call.Shape.Outputs, call.Shape.OutHeight, call.Shape.OutWidth);
        var (input, weight, bias, isFinite) = call.Backward(gradient);
        var exact = ExactGradients(call, gradient);
        var magnitude = ExactGradients(call with { Input = call.Input.abs(), Weight = call.Weight.abs() }, gradient.abs());
        var pixels = (long)sizes[0] * call.Shape.OutHeight * call.Shape.OutWidth;
        Assert.True(isFinite);
        ProductKernelTests.AssertClose(input, exact.Input, magnitude.Input, call.Shape.ForInput.Length);
        ProductKernelTests.AssertClose(weight, exact.Weight, magnitude.Weight, pixels);
        ProductKernelTests.AssertClose(bias, exact.Bias, magnitude.Bias, pixels);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Results_do_not_depend_on_the_number_of_threads(int[] sizes)
    {
        if (!MatrixTiles.IsSupported)
            return;
        using var scope = NewDisposeScope();
        var call = Create(sizes);
        var gradient = randn(sizes[0], call.Shape.Outputs, call.Shape.OutHeight, call.Shape.OutWidth);
        var threads = get_num_threads();
        try
        {
            set_num_threads(1);
            var (output, one) = (call.Forward(), call.Backward(gradient));
            set_num_threads(3);
            Assert.True(output.Equals(call.Forward()));
            var other = call.Backward(gradient);
            Assert.True(one.Input.Equals(other.Input) && one.Weight.Equals(other.Weight) && one.Bias.Equals(other.Bias));
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.MaxValue)]
    public void Values_that_are_not_finite_reach_the_outputs_whose_windows_contain_them(float value)
    {
        if (!MatrixTiles.IsSupported)
            return;
        using var scope = NewDisposeScope();
        for (var place = 0; place < 35; place++)
        {
            var call = Create([2, 3, 5, 7, 9, 3, 3, 1, 1]);
            call.Input.view(2, 3, 35)[1, 2, place] = value;
            AssertSamePlaces(Exact(call).to(float32), call.Forward());
            var gradient = randn(2, 9, 5, 7);
            gradient.view(2, 9, 35)[0, 4, place] = value;
            var (input, _, _, isFinite) = call.Backward(gradient);
            AssertSamePlaces(ExactGradients(call, gradient).Input.to(float32), input);
            // the largest number is finite, but its products are not
            Assert.True(!isFinite || value == float.MaxValue);
        }
    }

    [Fact]
    public void A_value_that_is_not_finite_is_noticed_however_threads_share_the_images()
    {
        if (!MatrixTiles.IsSupported)
            return;
        using var scope = NewDisposeScope();
        var call = Create([16, 16, 12, 12, 16, 3, 3, 1, 1]);
        call.Input[5, 3, 2, 1] = float.NaN;
        var gradient = randn(16, 16, 12, 12);
        for (var repetition = 0; repetition < 300; repetition++)
        {
            using var tensors = NewDisposeScope();
            Assert.False(call.Backward(gradient).IsFinite);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public unsafe void Weights_that_are_not_finite_are_noticed(float value)
    {
        using var scope = NewDisposeScope();
        var call = Create([2, 3, 5, 7, 9, 3, 3, 1, 1]);
        call.Weight[8, 2, 2, 2] = value;
        using var weights = new ConvolutionWeights();
        Assert.False(weights.TryPack(call.Shape, (float*)new NativeTensor(call.Weight.Handle).Data, null));
    }

    [Theory]
    [InlineData(1, 28, 28, 8, 3, 3, 3, 0)]
    [InlineData(1, 2, 2, 8, 3, 3, 0, 0)]
    [InlineData(64, 224, 224, 64, 3, 3, 1, 1)]
    [InlineData(100_000, 20, 20, 64, 3, 3, 1, 1)]
    [InlineData(4096, 1, 1, 4096, 1, 1, 0, 0)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue - 1, 0)]
    public void Other_sizes_are_left_to_libtorch(
        int channels, int height, int width, int outputs, int kernelHeight, int kernelWidth, int padHeight, int padWidth) =>
        Assert.False(new ConvolutionShape(channels, height, width, outputs, kernelHeight, kernelWidth, padHeight, padWidth).IsSupported);

    private static ConvolutionCall Create(int[] sizes)
    {
        manual_seed(31);
        return new(
            randn(sizes[0], sizes[1], sizes[2], sizes[3]), randn(sizes[4], sizes[1], sizes[5], sizes[6]), randn(sizes[4]), (sizes[7], sizes[8]));
    }

    private static Tensor Exact(ConvolutionCall call) => nn.functional.conv2d(
        call.Input.to(float64), call.Weight.to(float64), call.Bias?.to(float64), padding: [call.Padding.Height, call.Padding.Width]);

    private static (Tensor Input, Tensor Weight, Tensor Bias) ExactGradients(ConvolutionCall call, Tensor gradient)
    {
        var exact = call with
        {
            Input = call.Input.to(float64).requires_grad_(),
            Weight = call.Weight.to(float64).requires_grad_(),
            Bias = zeros(call.Shape.Outputs, dtype: float64).requires_grad_(),
        };
        Exact(exact).backward([gradient.to(float64)]);
        return (exact.Input.grad!, exact.Weight.grad!, exact.Bias!.grad!);
    }

    private static void AssertSamePlaces(Tensor expected, Tensor actual)
    {
        Assert.True(expected.isnan().Equals(actual.isnan()));
        Assert.True(expected.isposinf().Equals(actual.isposinf()));
        Assert.True(expected.isneginf().Equals(actual.isneginf()));
    }
}
