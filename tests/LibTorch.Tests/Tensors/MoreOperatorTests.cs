using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Tensors;

public sealed class MoreOperatorTests
{
    private static readonly Tensor a = tensor(new double[,] { { 1, -2.5, 3 }, { 4, double.NaN, 6 } });
    private static readonly Tensor v = tensor(new double[] { 3, 1, 2 });

    private static readonly Dictionary<string, (Func<Tensor> Call, double[] Expected)> _calls = new()
    {
        ["nansum"] = (() => a.nansum(), [11.5]),
        ["nanmean along"] = (() => a.nanmean(0), [2.5, -2.5, 4.5]),
        ["nan_to_num"] = (() => a[1].nan_to_num(7), [4, 7, 6]),
        ["round decimals"] = (() => (v / 3).round(2), [1, 0.33, 0.67]),
        ["clip"] = (() => v.clip(max: 2), [2, 1, 2]),
        ["clamp by tensors"] = (() => clamp(v, tensor(new[] { 1.0, 2, 0 }), tensor(new[] { 2.0, 3, 1 })), [2, 2, 1]),
        ["sum along both"] = (() => sum(ones(2, 3), [0, 1]), [6]),
        ["std along"] = (() => std(tensor(new[,] { { 1.0, 5 }, { 3, 5 } }), 0, unbiased: false), [1, 0]),
        ["var along"] = (() => var(tensor(new[,] { { 1.0, 5 }, { 3, 5 } }), [0], unbiased: false), [1, 0]),
        ["fmax"] = (() => fmax(v, tensor(new[] { double.NaN, 4, 0 })), [3, 4, 2]),
        ["in place"] = (() => arange(6).reshape(2, 3).transpose_(0, 1).unsqueeze_(0).squeeze_(0)[1], [1, 4]),
        ["floor_divide"] = (() => (-v).floor_divide(2), [-2, -1, -1]),
        ["floor_divide tensors"] = (() => floor_divide(v, tensor(2.0)), [1, 0, 1]),
        ["hypot"] = (() => tensor(3.0).hypot(4.0), [5]),
        ["lerp tensor"] = (() => lerp(v, -v, tensor(new[] { 0, 0.5, 1 })), [3, 0, -2]),
        ["quantile"] = (() => v.quantile(tensor(0.5)), [2]),
        ["histc"] = (() => v.histc(2, 1, 3), [1, 2]),
        ["median along"] = (() => v.median(0).values, [2]),
        ["cummax"] = (() => tensor(new[] { 1.0, 3, 2 }).cummax(0).values, [1, 3, 3]),
        ["cummin"] = (() => v.cummin(0).values, [3, 1, 1]),
        ["bucketize"] = (() => v.bucketize(tensor(new[] { 1.5, 2.5 })), [2, 0, 1]),
        ["searchsorted"] = (() => searchsorted(tensor(new[] { 1.0, 2, 3 }), v, right: true), [3, 1, 2]),
        ["rot90"] = (() => tensor(new[,] { { 1.0, 2 }, { 3, 4 } }).rot90(), [2, 4, 1, 3]),
        ["vsplit"] = (() => arange(4).reshape(2, 2).vsplit(2)[1], [2, 3]),
        ["hsplit"] = (() => arange(4).reshape(2, 2).hsplit(2)[1], [1, 3]),
        ["diagflat"] = (() => tensor(new[] { 1.0, 2 }).diagflat(), [1, 0, 0, 2]),
        ["det"] = (() => tensor(new[,] { { 1.0, 2 }, { 3, 4 } }).det(), [-2]),
        ["scatter number"] = (() => zeros(3).scatter(0, tensor(new[] { 2L, 0 }), 5), [5, 0, 5]),
        ["where numbers"] = (() => where(v > 1.5, 1.0, -1.0), [1, -1, 1]),
        ["where places"] = (() => where(v > 1.5)[0], [0, 2]),
        ["count_nonzero"] = (() => count_nonzero(tensor(new[] { 0.0, 1, 2 })), [2]),
        ["tensordot"] = (() => tensordot(v, v, [0], [0]), [14]),
        ["cross"] = (() => cross(tensor(new[] { 1.0, 0, 0 }), tensor(new[] { 0, 1.0, 0 }), 0), [0, 0, 1]),
        ["baddbmm"] = (() => baddbmm(ones(1, 1, 1), full(1, 1, 1, 2f), full(1, 1, 1, 3f), beta: 10), [16]),
        ["column_stack"] = (() => column_stack(v, v)[1], [1, 1]),
        ["row_stack"] = (() => row_stack(v, v)[1], [3, 1, 2]),
        ["dstack"] = (() => dstack(v, v)[0, 0], [3, 3]),
        ["block_diag"] = (() => block_diag(ones(1, 1), full(1, 1, 2f)), [1, 0, 0, 2]),
        ["cartesian_prod"] = (() => cartesian_prod(arange(2), arange(2))[2], [1, 0]),
        ["mT"] = (() => arange(4).reshape(1, 2, 2).mT, [0, 2, 1, 3]),
        ["new_full"] = (() => v.new_full([2], 9), [9, 9]),
        ["full of four"] = (() => full(1, 1, 1, 2, 3).sum(), [6]),
        ["cube"] = (() => tensor(new float[,,] { { { 1 }, { 2 } } }), [1, 2]),
        ["bytes in a rectangle"] = (() => tensor(new byte[,] { { 1, 2 } }), [1, 2]),
    };

    public static TheoryData<string> Names => [.. _calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Operators_give_the_numbers_that_they_should(string name)
    {
        using var scope = NewDisposeScope();
        var (call, expected) = _calls[name];
        Assert.Equal(expected, call().@double().contiguous().ToArray<double>(), (x, y) => Math.Abs(x - y) < 1e-6);
    }

    [Fact]
    public void Sizes_may_be_given_one_by_one_before_the_options()
    {
        Assert.Equal([2, 3, 4], zeros(2, 3, 4, dtype: ScalarType.Int64).shape);
        Assert.Equal(ScalarType.Float64, ones(2, 3, 4, 5, ScalarType.Float64).dtype);
        Assert.True(rand(2, 3, requires_grad: true).requires_grad);
        Assert.Equal([5], randn(5, ScalarType.Float64).shape);
        Assert.Equal(ScalarType.Byte, empty(2, 2, ScalarType.Byte).dtype);
        Assert.Equal(ScalarType.Int64, full(2, 3, 7).dtype);
        Assert.Equal([2], randint(10, [2]).shape);
    }

    [Fact]
    public void As_tensor_shares_an_arrays_memory_and_copies_a_lists()
    {
        float[] array = [1, 2];
        List<float> list = [1, 2];
        using var shared = as_tensor(array);
        using var copied = as_tensor(list);
        using var converted = as_tensor(array, ScalarType.Float64);
        (array[0], list[0]) = (9, 9);
        Assert.Equal([9, 2], shared.ToArray<float>());
        Assert.Equal([1, 2], copied.ToArray<float>());
        Assert.Equal([1, 2], converted.ToArray<double>());
    }

    [Fact]
    public void A_graph_can_be_kept_for_another_backward()
    {
        using var x = ones([2], requires_grad: true);
        using var y = (x * x).sum();
        y.backward(retain_graph: true);
        y.backward();
        Assert.Equal([4, 4], x.grad!.ToArray<float>());
    }

    [Fact]
    public void A_tensor_tells_how_it_lies_in_memory()
    {
        using var dense = ones(2, 2);
        using var thin = TorchSharp.Native.Aten.Call("to_sparse", dense);
        Assert.Equal((layout.strided, false), (dense.layout, dense.is_sparse));
        Assert.Equal((layout.sparse_coo, true), (thin.layout, thin.is_sparse));
        dense.bytes.Clear();
        Assert.Equal([0, 0, 0, 0], dense.ToArray<float>());
        Assert.Throws<InvalidOperationException>(() => dense.t().expand(2, 2, 2).bytes.Length);
    }
}
