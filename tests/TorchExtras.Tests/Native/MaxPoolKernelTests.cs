using TorchSharp.Extras.Native.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Native;

/// <summary>
/// Compares the max pooling of this library with libtorch's. libtorch pools Float64, where its results for Float32 values are exactly the same.
/// </summary>
public sealed class MaxPoolKernelTests
{
    private static readonly float[] _specialValues = [float.NegativeInfinity, -1, -0f, 0, 1, float.PositiveInfinity, float.NaN];

    public static TheoryData<long[]> Shapes =>
    [
        [1, 1, 2, 2], [1, 1, 3, 3], [2, 3, 4, 5], [1, 2, 7, 6], [3, 1, 9, 15], [2, 2, 16, 16], [1, 3, 17, 33], [2, 32, 28, 28], [3, 5, 2, 64],
        [4, 6, 9], [1, 8, 26, 26], [300, 6, 24, 24],
    ];

    public static TheoryData<string, string> Mistakes => new()
    {
        { "a window larger than the image", "Given input size: (1x1x1). Calculated output size: (1x0x0). Output size is too small" },
        { "a vector", "non-empty 3D or 4D (batch mode) tensor expected for input" },
        { "too much padding", "pad should be at most half of effective kernel size, but got pad=2, kernel_size=2 and dilation=1" },
        { "no channels", "Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but got:[1, 0, 4, 4]" },
        { "booleans", "not implemented for 'Bool'" },
    };

    [Fact]
    public void The_kernels_are_registered_on_Linux_unless_they_are_disabled() => Assert.Equal(
        OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable(CpuKernels.Variable) != "off", CpuKernels.AreRegistered);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Values_and_indices_equal_those_of_libtorch(long[] shape)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        AssertPooledAlike(randn(shape));
        // ties, infinities, both zeros and NaN
        AssertPooledAlike(tensor(_specialValues).index_select(0, randint(_specialValues.Length, [randn(shape).numel()])).reshape(shape));
    }

    [Fact]
    public void An_empty_batch_gives_an_empty_result()
    {
        using var pooled = nn.functional.max_pool2d(ones(0, 2, 4, 4), 2);
        Assert.Equal([0, 2, 2, 2], pooled.shape);
    }

    [Fact]
    public void Gradients_equal_those_of_libtorch()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var x = randn(2, 3, 11, 14).requires_grad_();
        var reference = x.detach().to(float64).requires_grad_();
        using var weights = randn(2, 3, 5, 7);
        (nn.functional.max_pool2d(x, 2) * weights).sum().backward();
        (nn.functional.max_pool2d(reference, 2) * weights.to(float64)).sum().backward();
        Assert.True(x.grad!.to(float64).Equals(reference.grad!));
    }

    [Theory]
    [InlineData("other window")]
    [InlineData("other stride")]
    [InlineData("padding")]
    [InlineData("dilation")]
    [InlineData("rounding up")]
    [InlineData("transposed")]
    [InlineData("channels last")]
    [InlineData("part of a tensor")]
    public void Other_cases_equal_the_results_of_libtorch(string what)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var x = randn(2, 3, 9, 13);
        var (values, indices) = Pool(x);
        var (expected, places) = Pool(x.to(float64));
        Assert.Equal(expected.shape, values.shape);
        Assert.True(values.to(float64).Equals(expected));
        Assert.True(indices.Equals(places));

        (Tensor Values, Tensor Indices) Pool(Tensor input) => what switch
        {
            "other window" => nn.functional.max_pool2d_with_indices(input, [3, 2]),
            "other stride" => nn.functional.max_pool2d_with_indices(input, [2, 2], [1, 3]),
            "padding" => nn.functional.max_pool2d_with_indices(input, [2, 2], [2, 2], [1, 1]),
            "dilation" => nn.functional.max_pool2d_with_indices(input, [2, 2], [2, 2], [0, 0], [2, 3]),
            "rounding up" => nn.functional.max_pool2d_with_indices(input, [2, 2], [2, 2], [0, 0], [1, 1], true),
            "transposed" => nn.functional.max_pool2d_with_indices(input.transpose(2, 3), [2, 2]),
            "channels last" => nn.functional.max_pool2d_with_indices(input.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2), [2, 2]),
            _ => nn.functional.max_pool2d_with_indices(input.narrow(3, 1, 8), [2, 2]),
        };
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Int32)]
    public void Other_types_are_pooled_by_libtorch(ScalarType type)
    {
        using var pooled = nn.functional.max_pool2d(arange(16, dtype: type).reshape(1, 1, 4, 4), 2);
        Assert.Equal(type, pooled.dtype);
        Assert.Equal([5, 7, 13, 15], pooled.to(float64).flatten().data<double>().ToArray());
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void An_error_has_the_message_of_libtorch(string mistake, string message)
    {
        using var scope = NewDisposeScope();
        foreach (var isTracked in new[] { false, true })
        {
            var error = Assert.ThrowsAny<Exception>(() => mistake switch
            {
                "a window larger than the image" => nn.functional.max_pool2d(ones([1, 1, 1, 1], requires_grad: isTracked), 2),
                "a vector" => nn.functional.max_pool2d(ones([2], requires_grad: isTracked), 2),
                "too much padding" => nn.functional.max_pool2d(ones([1, 1, 4, 4], requires_grad: isTracked), 2, padding: 2),
                "no channels" => nn.functional.max_pool2d(ones([1, 0, 4, 4], requires_grad: isTracked), 2),
                _ => nn.functional.max_pool2d(ones([1, 1, 4, 4], dtype: ScalarType.Bool), 2),
            });
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Pooling_works_after_an_error()
    {
        using var scope = NewDisposeScope();
        Assert.ThrowsAny<Exception>(() => nn.functional.max_pool2d(ones(1, 1, 1, 1), 2));
        Assert.Equal([1, 1, 1, 1], nn.functional.max_pool2d(ones(1, 1, 2, 2), 2).shape);
    }

    [Fact]
    public void Pooling_keeps_no_tensors()
    {
        using var x = randn(2, 3, 8, 8);
        Assert.InRange(MemoryGrowth.Of(Pool), long.MinValue, MemoryGrowth.Limit);

        void Pool()
        {
            using var scope = NewDisposeScope();
            nn.functional.max_pool2d(x, 2);
            nn.functional.max_pool2d(x, 3);
        }
    }

    [Theory]
    [InlineData("on", "registered True")]
    [InlineData("off", "registered False")]
    public async Task The_environment_variable_controls_the_kernels_without_output(string value, string expected)
    {
        var result = await WorkerProcess.TryRunAsync(new Dictionary<string, string> { [CpuKernels.Variable] = value }, "pool");
        Assert.Equal((0, $"{expected}\npooled 4\n", ""), (result.ExitCode, result.Output.ReplaceLineEndings("\n"), result.Errors));
    }

    private static void AssertPooledAlike(Tensor x)
    {
        var (values, indices) = nn.functional.max_pool2d_with_indices(x, [2, 2]);
        var (expected, places) = nn.functional.max_pool2d_with_indices(x.to(float64), [2, 2]);
        Assert.Equal(expected.shape, values.shape);
        Assert.Equal(ScalarType.Float32, values.dtype);
        // the comparison of bits distinguishes both zeros and compares NaN
        Assert.Equal(expected.to(float32).bytes.ToArray(), values.bytes.ToArray());
        Assert.Equal(places.data<long>().ToArray(), indices.data<long>().ToArray());
    }
}
