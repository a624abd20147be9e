using static TorchSharp.torch;

namespace LibTorch.Tests.Tensors;

public sealed class IndexingTests : IDisposable
{
    // [[0 1 2 3], [4 5 6 7], [8 9 10 11]]
    private readonly Tensor _grid = arange(12).reshape(3, 4);

    public void Dispose() => _grid.Dispose();

    [Fact]
    public void Numbers_pick_from_the_start_and_the_end()
    {
        Assert.Equal(6, _grid[1, 2].item<long>());
        Assert.Equal(11, _grid[^1, ^1].item<long>());
        Assert.Equal([8, 9, 10, 11], _grid[-1].ToArray<long>());
    }

    [Fact]
    public void Ranges_cut()
    {
        Assert.Equal([1, 2, 5, 6], _grid[..2, 1..3].ToArray<long>());
        Assert.Equal([3, 7, 11], _grid[.., ^1..].ToArray<long>());
        Assert.Equal([0, 2], _grid[0, TensorIndex.Slice(step: 2)].ToArray<long>());
        Assert.Equal([1, 2], _grid[0, 1..^1].ToArray<long>());
    }

    [Fact]
    public void Ellipsis_None_and_truth_keep_and_add_dimensions()
    {
        Assert.Equal([3], _grid[TensorIndex.Ellipsis, 0].shape);
        Assert.Equal([3, 1, 4], _grid[TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([1, 3, 4], _grid[true].shape);
        Assert.Equal([0, 3, 4], _grid[false].shape);
    }

    [Fact]
    public void Tensors_of_positions_gather()
    {
        Assert.Equal([8, 9, 10, 11, 0, 1, 2, 3], _grid[tensor(new long[] { 2, 0 })].ToArray<long>());
        Assert.Equal([1, 4], _grid[tensor(new long[] { 0, 1 }), tensor(new long[] { 1, 0 })].ToArray<long>());
        Assert.Equal([2, 10], _grid[tensor(new long[] { 0, 2 }), 2].ToArray<long>());
        Assert.Equal([1, 5, 9], _grid[.., tensor(new long[] { 1 })].ToArray<long>());
    }

    [Fact]
    public void Masks_select()
    {
        Assert.Equal([10, 11], _grid[_grid > 9].ToArray<long>());
        Assert.Equal([0, 1, 2, 3, 8, 9, 10, 11], _grid[tensor(new[] { true, false, true })].ToArray<long>());
    }

    [Fact]
    public void A_mask_of_two_dimensions_uses_up_two()
    {
        using var cube = arange(24).reshape(3, 4, 2);
        using var mask = _grid == 5L;
        Assert.Equal([11], cube[mask, 1].ToArray<long>());
    }

    [Fact]
    public void Assignment_writes_through_views_and_positions()
    {
        using var target = zeros(2, 3);
        target[0, 1..] = tensor(5f);
        target[tensor(new long[] { 1 }), 0] = tensor(7f);
        target[target == 5f] = tensor(6f);
        Assert.Equal([0, 6, 6, 7, 0, 0], target.ToArray<float>());
    }

    [Fact]
    public void Views_share_memory()
    {
        using var row = _grid[0];
        row.fill_(9);
        Assert.Equal(9, _grid[0, 3].item<long>());
    }

    [Fact]
    public void Too_many_indices_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => _grid[0, 0, 0]);
        Assert.Equal("Too many indices: a tensor of shape [3x4] has 2 dimensions, and 3 were given.", error.Message);
    }
}
