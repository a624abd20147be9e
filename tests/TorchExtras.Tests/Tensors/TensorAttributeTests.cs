using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Tensors;

public sealed class TensorAttributeTests
{
    [Fact]
    public void A_tensor_has_a_layout()
    {
        using var dense = ones(2, 3);
        using var sparse = dense.to_sparse();
        Assert.Equal(layout.strided, dense.layout);
        Assert.Equal(layout.sparse_coo, sparse.layout);
    }

    [Fact]
    public void Numbers_are_counted_without_weights()
    {
        using var labels = tensor(new long[] { 2, 0, 2 });
        using var counts = labels.bincount();
        using var longer = labels.bincount(minlength: 5);
        Assert.Equal([1, 0, 2], counts.data<long>().ToArray());
        Assert.Equal([1, 0, 2, 0, 0], longer.data<long>().ToArray());
    }
}
