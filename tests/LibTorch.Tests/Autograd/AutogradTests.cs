using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Autograd;

public sealed class AutogradTests
{
    [Fact]
    public void Gradients_follow_the_chain_rule()
    {
        using var x = tensor(new float[] { 1, 2, 3 }, requires_grad: true);
        using var y = (x.pow(2) * 3).sum();
        y.backward();
        Assert.Equal([6, 12, 18], x.grad!.ToArray<float>());
    }

    [Fact]
    public void Gradients_add_up_until_they_are_cleared()
    {
        using var x = ones([1], requires_grad: true);
        (x * 2).sum().backward();
        (x * 3).sum().backward();
        Assert.Equal(5, x.grad!.ToSingle());
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Nothing_is_recorded_under_no_grad()
    {
        using var x = ones([1], requires_grad: true);
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
                Assert.True((x * 2).requires_grad);
        }
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void Inference_tensors_cannot_be_trained()
    {
        Tensor inferred;
        using (inference_mode())
            inferred = ones(2);
        using var weight = ones([2], requires_grad: true);
        Assert.ThrowsAny<Exception>(() => (weight * inferred).sum().backward());
    }

    [Fact]
    public void Detached_tensors_are_leaves_that_share_memory()
    {
        using var x = ones([2], requires_grad: true);
        using var y = x * 2;
        using var detached = y.detach();
        Assert.False(detached.requires_grad);
        Assert.True(detached.is_leaf);
        Assert.False(y.is_leaf);
        detached.fill_(7);
        Assert.Equal([7, 7], y.detach().ToArray<float>());
    }

    [Fact]
    public void Autograd_grad_leaves_grad_alone()
    {
        using var x = tensor(new float[] { 3 }, requires_grad: true);
        using var y = x.pow(3).sum();
        var first = autograd.grad([y], [x], create_graph: true)[0];
        var second = autograd.grad([first.sum()], [x])[0];
        Assert.Equal(27, first.ToSingle());
        Assert.Equal(18, second.ToSingle());
        Assert.Null(x.grad);
    }
}
