using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Autograd;

public sealed class TensorHookTests
{
    [Fact]
    public void A_hook_gets_the_gradient()
    {
        using var x = ones([2], requires_grad: true);
        List<float> seen = [];
        using var y = (x * 3).with_hook(gradient => seen.Add(gradient.sum().item<float>()));
        (y * 5).sum().backward();
        Assert.Equal([10f], seen);
        Assert.Equal([15f, 15f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void A_hook_replaces_the_gradient()
    {
        using var x = ones([2], requires_grad: true);
        x.with_hook(gradient => gradient * 10).sum().backward();
        Assert.Equal([10f, 10f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Null_keeps_the_gradient()
    {
        using var x = ones([2], requires_grad: true);
        x.with_hook(_ => (Tensor?)null).sum().backward();
        Assert.Equal([1f, 1f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void The_values_are_the_same()
    {
        using var x = ones([2], requires_grad: true);
        using var y = x.with_hook(_ => (Tensor?)null);
        Assert.Equal([1f, 1f], y.detach().data<float>().ToArray());
        Assert.True(y.requires_grad);
    }

    [Fact]
    public void A_forward_hook_of_a_module_can_add_a_hook_to_its_output()
    {
        var relu = nn.ReLU();
        using var net = nn.Sequential(nn.Linear(2, 3), relu, nn.Linear(3, 1));
        List<long[]> seen = [];
        relu.register_forward_hook((_, _, output) => output.with_hook(gradient => seen.Add(gradient.shape)));
        using var x = ones(4, 2);
        net.call(x).sum().backward();
        Assert.Equal([4, 3], Assert.Single(seen));
    }

    [Fact]
    public void A_hook_that_throws_stops_backward_with_its_exception()
    {
        using var x = ones([2], requires_grad: true);
        Func<Tensor, Tensor?> hook = _ => throw new FormatException("bad hook");
        using var y = x.with_hook(hook).sum();
        var error = Assert.Throws<ExternalException>(y.backward);
        Assert.Equal("bad hook", Assert.IsType<FormatException>(error.InnerException).Message);
    }

    [Fact]
    public void A_replacement_of_another_shape_is_an_error()
    {
        using var x = ones([2], requires_grad: true);
        using var y = x.with_hook(_ => ones(3)).sum();
        Assert.Contains("[3]", Assert.Throws<ExternalException>(y.backward).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_that_requires_no_gradient_is_rejected()
    {
        using var x = ones(2);
        Assert.Throws<InvalidOperationException>(() => x.with_hook(_ => (Tensor?)null));
    }
}
