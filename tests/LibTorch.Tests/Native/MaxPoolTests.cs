using TorchSharp.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace LibTorch.Tests.Native;

/// <summary>Windows of two by two over float tensors have a kernel of ours; over doubles libtorch's own answers.</summary>
public sealed class MaxPoolTests
{
    public static TheoryData<long[]> Shapes { get; } =
    [
        [2, 3, 28, 28], [2, 2, 26, 26], [3, 4, 14, 14], [2, 2, 11, 11], [1, 1, 2, 2], [1, 2, 3, 3], [2, 1, 5, 9], [2, 3, 4, 6], [1, 1, 16, 17],
        [1, 2, 17, 16], [1, 3, 40, 2], [1, 3, 2, 41], [2, 1, 7, 15], [5, 6, 10], [1, 130, 2, 4],
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Values_indices_and_gradients_are_those_of_libtorch(long[] shape)
    {
        using var scope = NewDisposeScope();
        manual_seed(shape.Aggregate(17L, (seed, size) => (31 * seed) + size));
        for (var round = 0; round < 20; round++)
            AssertSame(WithTies(shape), 2, 2);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Not_a_number_wins_over_all_as_in_libtorch(long[] shape)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        for (var round = 0; round < 20; round++)
        {
            var input = WithTies(shape);
            input = input.masked_fill(rand(shape) < 0.2, double.NaN).masked_fill(rand(shape) < 0.2, double.NegativeInfinity);
            AssertSame(input.masked_fill(rand(shape) < 0.1, double.PositiveInfinity), 2, 2);
        }
    }

    [Fact]
    public void Other_layouts_pool_to_the_same_values()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        AssertSame(WithTies([2, 3, 12, 20]).transpose(2, 3), 2, 2);
        AssertSame(WithTies([2, 20, 12, 3]).permute(0, 3, 1, 2), 2, 2);
        AssertSame(WithTies([2, 3, 12, 40])[.., .., .., TensorIndex.Slice(0, null, 2)], 2, 2);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    public void Other_windows_are_libtorchs(long window, long stride)
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        AssertSame(WithTies([2, 3, 13, 14]), window, stride);
    }

    [Fact]
    public void A_batch_of_nothing_pools_to_nothing()
    {
        using var output = max_pool2d(zeros(0, 3, 8, 8), 2);

        Assert.Equal([0, 3, 4, 4], output.shape);
    }

    [Fact]
    public void An_image_without_a_window_is_refused()
    {
        var error = Assert.ThrowsAny<Exception>(() => max_pool2d(zeros(1, 3, 1, 8), 2));

        Assert.Contains("Output size is too small", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(10, 18)]
    public void Gradients_of_strange_indices_go_where_libtorch_sends_them(long height, long width)
    {
        using var scope = NewDisposeScope();
        var input = zeros(1, 2, height, width);
        var gradient = arange(1, (height / 2 * (width / 2) * 2) + 1, dtype: ScalarType.Float32).view(1, 2, height / 2, width / 2);
        var indices = zeros(gradient.shape, ScalarType.Int64);

        var result = Backward(gradient, input, indices);

        Assert.True(result.to(ScalarType.Float64).Equals(Backward(gradient.to(ScalarType.Float64), input.to(ScalarType.Float64), indices)));

        static Tensor Backward(Tensor gradient, Tensor input, Tensor indices)
        {
            long[] two = [2, 2], none = [0, 0], one = [1, 1];
            return Aten.Call("max_pool2d_with_indices_backward", gradient, input, two, two, none, one, false, indices);
        }
    }

    // few values, so that windows often have several largest
    private static Tensor WithTies(long[] shape) => randint(-2, 3, shape, dtype: ScalarType.Float32);

    private static void AssertSame(Tensor input, long window, long stride)
    {
        var (values, indices, gradient) = Pool(input.detach().requires_grad_(), window, stride);
        var (expected, expectedIndices, expectedGradient) = Pool(input.to(ScalarType.Float64).detach().requires_grad_(), window, stride);

        Assert.Equal(expected.shape, values.shape);
        Assert.True(values.to(ScalarType.Float64).allclose(expected, rtol: 0, atol: 0, equal_nan: true));
        Assert.True(indices.Equals(expectedIndices));
        Assert.True(gradient.to(ScalarType.Float64).Equals(expectedGradient));
    }

    private static (Tensor Values, Tensor Indices, Tensor Gradient) Pool(Tensor input, long window, long stride)
    {
        var (values, indices) = max_pool2d_with_indices(input, [window, window], [stride, stride]);
        var weights = arange(1, values.numel() + 1, dtype: values.dtype).view(values.shape);
        autograd.backward([values], [weights]);
        return (values.detach(), indices, input.grad!);
    }
}
