using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Tensors;

public sealed class OperatorTests
{
    [Fact]
    public void Arithmetic_works_with_numbers_on_both_sides()
    {
        using var x = tensor(new float[] { 1, 2, 4 });
        Assert.Equal([2, 3, 5], (x + 1).ToArray<float>());
        Assert.Equal([2, 3, 5], (1 + x).ToArray<float>());
        Assert.Equal([0, 1, 3], (x - 1).ToArray<float>());
        Assert.Equal([9, 8, 6], (10 - x).ToArray<float>());
        Assert.Equal([2, 4, 8], (2 * x).ToArray<float>());
        Assert.Equal([0.5f, 1, 2], (x / 2).ToArray<float>());
        Assert.Equal([8, 4, 2], (8 / x).ToArray<float>());
        Assert.Equal([1, 2, 1], (x % 3).ToArray<float>());
        Assert.Equal([-1, -2, -4], (-x).ToArray<float>());
        Assert.Equal([1, 4, 16], x.pow(2).ToArray<float>());
    }

    [Fact]
    public void Tensors_are_equal_when_their_elements_are()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new float[] { 1, 2, 3 });
        Assert.True(x.Equals(x.clone()));
        Assert.True(x.Equals((object)tensor(new float[] { 1, 2, 3 })));
        Assert.False(x.Equals(x + 1));
        Assert.False(x.Equals(x.view(3, 1)));
        Assert.False(x.Equals(x.to(ScalarType.Float64)));
        Assert.False(x.Equals(null));
        Assert.False(x.Equals("x"));
    }

    [Fact]
    public void Comparisons_are_element_wise()
    {
        using var x = tensor(new float[] { 1, 2, 3 });
        Assert.Equal([false, true, false], (x == 2).ToArray<bool>());
        Assert.Equal([true, false, false], (x < 2).ToArray<bool>());
        Assert.Equal([true, true, false], (2 >= x).ToArray<bool>());
        Assert.Equal([false, true, true], (1 < x).ToArray<bool>());
        Assert.Equal([true, false, true], (!(x == 2f)).ToArray<bool>());
        Assert.Equal([false, true, false], ((x > 1) & (x < 3)).ToArray<bool>());
    }

    [Fact]
    public void Shapes_broadcast()
    {
        using var sum = ones(3, 1) + arange(2);
        Assert.Equal([3, 2], sum.shape);
        Assert.Equal([1, 2, 1, 2, 1, 2], sum.ToArray<float>());
    }

    [Fact]
    public void In_place_operators_return_the_tensor_itself()
    {
        using var x = ones(2);
        Assert.Same(x, x.add_(1).mul_(x).relu_());
        Assert.Equal([4, 4], x.ToArray<float>());
    }

    [Fact]
    public void Reductions_take_dimensions()
    {
        using var x = tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Assert.Equal(21, x.sum().item<float>());
        Assert.Equal([5, 7, 9], x.sum(0).ToArray<float>());
        Assert.Equal([2, 1], x.sum(1, keepdim: true).shape);
        Assert.Equal([2, 5], x.mean([1]).ToArray<float>());
        Assert.Equal(720, x.prod().item<float>());
        Assert.Equal([1, 1], x.std(1).ToArray<float>());
        Assert.Equal(3.5f, x.var().item<float>());
        Assert.Equal([2, 2], x.argmax(1).ToArray<long>());
        Assert.Equal(5, x.argmax().item<long>());
        var (values, indexes) = x.max(0);
        Assert.Equal([4, 5, 6], values.ToArray<float>());
        Assert.Equal([1, 1, 1], indexes.ToArray<long>());
        Assert.True((x > 0).all().item<bool>());
        Assert.False((x > 6).any().item<bool>());
        var (top, _) = x.topk(2);
        Assert.Equal([3, 2, 6, 5], top.ToArray<float>());
    }

    [Fact]
    public void Shapes_change_as_PyTorch_changes_them()
    {
        using var x = arange(12).reshape(3, 4);
        Assert.Equal([4, 3], x.T.shape);
        Assert.Equal([2, 6], x.view(2, -1).shape);
        Assert.Equal([12], x.flatten().shape);
        Assert.Equal([3, 1, 4], x.unsqueeze(1).shape);
        Assert.Equal([3, 4], x.unsqueeze(1).squeeze().shape);
        Assert.Equal([3, 8], cat([x, x], 1).shape);
        Assert.Equal([2, 3, 4], stack([x, x]).shape);
        Assert.Equal([0, 4, 8, 1], x.permute(1, 0).flatten()[..4].ToArray<long>());
        Assert.Equal([6, 4], x.repeat(2, 1).shape);
        Assert.False(x.T.is_contiguous());
        Assert.True(x.T.contiguous().is_contiguous());
        Assert.Equal([1, 4], x.T.stride());
        Assert.Equal(4, x.size(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.size(2));
    }

    [Fact]
    public void Items_demand_their_type_and_conversions_do_not()
    {
        using var x = tensor(3);
        Assert.Equal(3, x.item<int>());
        Assert.Equal(3L, x.ToInt64());
        Assert.Equal(3f, x.ToSingle());
        var error = Assert.Throws<ArgumentException>(() => x.item<long>());
        Assert.Equal("Int32 is not compatible with Int64: convert with .to(Int64) first.", error.Message);
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
    }

    [Fact]
    public void Data_is_the_tensors_own_memory()
    {
        using var x = zeros(3);
        x.data<float>()[1] = 5;
        Assert.Equal([0, 5, 0], x.ToArray<float>());
        using var transposed = ones(2, 3).T;
        Assert.Throws<InvalidOperationException>(() => transposed.data<float>().Length);
        Assert.Equal(0, empty(0).data<float>().Length);
    }

    [Fact]
    public void Types_convert()
    {
        using var x = tensor(new[] { 0.4f, 1.6f });
        Assert.Equal([0, 1], x.to(ScalarType.Int64).ToArray<long>());
        Assert.Equal([false, true], x.@long().@bool().ToArray<bool>());
        Assert.Equal(ScalarType.Float32, (tensor(new[] { 1 }) / 2).dtype);
    }
}
