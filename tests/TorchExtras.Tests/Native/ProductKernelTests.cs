using TorchSharp.Extras.Native.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Native;

/// <summary>
/// Compares products of Float32 matrices with products of the same numbers in Float64. A sum of n products may differ from the exact one by n + 1 roundings
/// of the sum of their absolute values.
/// </summary>
public sealed class ProductKernelTests
{
    private const double Rounding = 1.0 / (1 << 24);

    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 3, 5, 2 }, { 4, 4, 16 }, { 8, 32, 1 }, { 8, 32, 7 }, { 9, 33, 17 }, { 15, 63, 31 }, { 16, 100, 784 }, { 64, 10, 128 }, { 10, 64, 64 },
        { 100, 16, 100 }, { 33, 257, 65 }, { 1000, 120, 192 }, { 5, 40, 4100 }, { 0, 40, 40 }, { 40, 0, 40 }, { 40, 40, 0 }, { 300, 700, 500 },
    };

    public static TheoryData<string, string> Mistakes => new()
    {
        { "shapes", "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)" },
        { "types", "have the same dtype" },
        { "booleans", "not implemented for 'Bool'" },
        { "a vector", "mat2 must be a matrix" },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_product_differs_from_the_exact_one_by_rounding(int rows, int columns, int length)
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        AssertProduct(randn(rows, length), randn(length, columns));
        // as in the gradients and the forward pass of a linear layer
        AssertProduct(randn(length, rows).t(), randn(length, columns));
        AssertProduct(randn(rows, length), randn(columns, length).t());
        AssertProduct(randn(rows, 2 * length)[.., ..length], randn(length, columns + 3)[.., 3..]);
        AssertProduct(randn(length, rows).t(), randn(columns, length).t());
        AssertProduct(randn(1, length).expand(rows, length), randn(1, columns).expand(length, columns));
        AssertProduct(randn(rows, 2 * length)[.., TensorIndex.Slice(step: 2)], randn(length, 2 * columns)[.., TensorIndex.Slice(step: 2)]);
    }

    [Fact]
    public void NaN_and_infinities_are_at_the_positions_of_libtorch()
    {
        using var scope = NewDisposeScope();
        manual_seed(8);
        foreach (var special in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -0f })
        {
            // 37 ends within a vector; each position in turn has the value
            for (var place = 0; place < 37; place++)
            {
                var (a, b) = (randn(20, 37), randn(37, 70));
                a[3, place] = special;
                b[place, 5] = special;
                var (product, expected) = (a.mm(b), Exact(a, b).to(float32));
                Assert.True(product.isnan().Equals(expected.isnan()));
                Assert.True(product.isposinf().Equals(expected.isposinf()));
                Assert.True(product.isneginf().Equals(expected.isneginf()));
                var transposed = a.mm(b.t().contiguous().t());
                Assert.True(transposed.isnan().Equals(expected.isnan()));
                Assert.True(transposed.isposinf().Equals(expected.isposinf()));
            }
        }
    }

    [Theory]
    [InlineData(64, 512, 784)]
    [InlineData(1000, 120, 192)]
    public void Results_do_not_depend_on_the_number_of_threads(int rows, int columns, int length)
    {
        using var scope = NewDisposeScope();
        manual_seed(9);
        var (a, b) = (randn(rows, length), randn(length, columns));
        var transposed = b.t().contiguous().t();
        var threads = get_num_threads();
        try
        {
            set_num_threads(1);
            var (one, other) = (a.mm(b), a.mm(transposed));
            set_num_threads(3);
            Assert.True(one.Equals(a.mm(b)));
            Assert.True(other.Equals(a.mm(transposed)));
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Theory]
    [InlineData(ScalarType.Float64, 1e-14)]
    [InlineData(ScalarType.BFloat16, 1e-2)]
    [InlineData(ScalarType.Float16, 1e-2)]
    [InlineData(ScalarType.Int32, 0)]
    [InlineData(ScalarType.Int64, 0)]
    public void Other_types_are_multiplied_by_libtorch(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        manual_seed(10);
        var (a, b) = (randint(-4, 5, [20, 50]).to(type), randint(-4, 5, [50, 40]).to(type));
        var product = a.mm(b);
        Assert.Equal(type, product.dtype);
        Assert.True(product.to(float64).allclose(Exact(a, b), tolerance, tolerance));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void An_error_has_the_message_of_libtorch(string mistake, string message)
    {
        using var scope = NewDisposeScope();
        var error = Assert.ThrowsAny<Exception>(() => mistake switch
        {
            "shapes" => ones(2, 3).mm(ones(4, 5)),
            "types" => ones(2, 3).mm(ones(3, 4, dtype: float64)),
            "booleans" => ones(20, 40, dtype: ScalarType.Bool).mm(ones(40, 40, dtype: ScalarType.Bool)),
            _ => ones(2, 3).mm(ones(3)),
        });
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal([2, 4], ones(2, 3).mm(ones(3, 4)).shape);
    }

    [Fact]
    public void Products_keep_no_tensors()
    {
        using var a = randn(20, 40);
        using var b = randn(40, 40);
        using var row = randn(1, 40);
        Assert.InRange(MemoryGrowth.Of(Multiply), long.MinValue, MemoryGrowth.Limit);

        void Multiply()
        {
            using var scope = NewDisposeScope();
            a.mm(b);
            row.mm(b);
        }
    }

    internal static void AssertClose(Tensor actual, Tensor exact, Tensor magnitude, long roundings) =>
        Assert.True((actual.to(float64) - exact).abs().le(magnitude * ((roundings + 1) * Rounding)).all().item<bool>());

    private static void AssertProduct(Tensor a, Tensor b)
    {
        var product = a.mm(b);
        Assert.Equal([a.shape[0], b.shape[1]], product.shape);
        Assert.True(product.is_contiguous());
        AssertClose(product, Exact(a, b), Exact(a.abs(), b.abs()), a.shape[1]);
    }

    private static Tensor Exact(Tensor a, Tensor b) => a.to(float64).mm(b.to(float64));

    [Theory]
    [InlineData("on")]
    [InlineData("off")]
    public async Task Matmul_of_incompatible_shapes_ends_the_process_with_libtorchs_message(string kernels)
    {
        var result = await WorkerProcess.TryRunAsync(new Dictionary<string, string> { [CpuKernels.Variable] = kernels }, "matmul");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal($"registered {kernels == "on"}\n", result.Output.ReplaceLineEndings("\n"));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", result.Errors, StringComparison.Ordinal);
    }
}
