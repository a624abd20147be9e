using LibTorch.Tests.Memory;
using static TorchSharp.torch;

namespace LibTorch.Tests.Autograd;

public sealed class AutogradFunctionTests
{
    [Fact]
    public void A_function_computes_its_own_gradient()
    {
        using var x = tensor(new float[] { 1, 2 }, requires_grad: true);
        using var y = Scale.apply(x, 3.0);
        Assert.True(y.requires_grad);
        y.sum().backward();
        // ten times what calculus says, so that it is this backward that ran
        Assert.Equal([30, 30], x.grad!.ToArray<float>());
    }

    [Fact]
    public void A_function_of_several_tensors_agrees_with_the_operators()
    {
        manual_seed(1);
        using var a = randn([3, 2], requires_grad: true);
        using var b = randn([2, 4], requires_grad: true);
        var results = ProductAndSum.apply(a, b);
        (results[0].sum() + (results[1] * 2).sum()).backward();
        using var a2 = a.detach().clone().requires_grad_();
        using var b2 = b.detach().clone().requires_grad_();
        (a2.mm(b2).sum() + (a2.sum() * 2)).backward();
        Assert.True(a.grad!.allclose(a2.grad!));
        Assert.True(b.grad!.allclose(b2.grad!));
    }

    [Fact]
    public void A_result_that_is_not_used_gets_zeros()
    {
        using var a = ones([3, 2], requires_grad: true);
        using var b = ones([2, 4], requires_grad: true);
        ProductAndSum.apply(a, b)[1].backward();
        Assert.Equal(0, b.grad!.abs().sum().item<float>());
        Assert.Equal(6, a.grad!.sum().item<float>());
    }

    [Fact]
    public void Second_derivatives_pass_through_the_backward()
    {
        using var x = tensor(new double[] { 3 }, requires_grad: true);
        var first = autograd.grad([Cube.apply(x).sum()], [x], create_graph: true)[0];
        var second = autograd.grad([first.sum()], [x])[0];
        Assert.Equal(27, first.item<double>());
        Assert.Equal(18, second.item<double>());
    }

    [Fact]
    public void A_second_backward_needs_the_graph_to_be_retained()
    {
        using var x = tensor(new double[] { 3 }, requires_grad: true);
        using var kept = Cube.apply(x).sum();
        kept.backward(null, retain_graph: true);
        kept.backward();
        Assert.Equal(54, x.grad!.item<double>());
        Assert.Contains("second time", Assert.ThrowsAny<Exception>(kept.backward).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_backward_throws_reaches_the_caller_as_it_is()
    {
        using var x = ones([1], requires_grad: true);
        using var y = Thrower.apply(x);
        var error = Assert.Throws<NotSupportedException>(y.backward);
        Assert.Equal("no gradient here", error.Message);
        Assert.Contains(nameof(Thrower.backward), error.StackTrace!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_wrong_number_of_gradients_is_named()
    {
        using var x = ones([1], requires_grad: true);
        using var y = Forgetful.apply(x, 1, 2);
        var error = Assert.Throws<InvalidOperationException>(y.backward);
        Assert.Equal("The backward of Forgetful returned 0 gradients; it takes one for each of 3 arguments.", error.Message);
    }

    [Fact]
    public void Without_gradients_nothing_is_attached_and_nothing_is_left_behind()
    {
        using var x = ones(2);
        using var tracked = ones([2], requires_grad: true);
        Collect();
        var before = LiveTensors.Settle();
        using (var plain = Scale.apply(x, 2.0))
            Assert.False(plain.requires_grad);
        using (no_grad())
        using (var untracked = Scale.apply(tracked, 2.0))
            Assert.False(untracked.requires_grad);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void What_forward_saved_goes_with_the_graph()
    {
        using var x = tensor(new double[] { 3 }, requires_grad: true);
        Collect();
        var before = LiveTensors.Settle();
        for (var i = 0; i < 100; i++)
        {
            using var y = Cube.apply(x);
            y.backward();
            x.grad = null;
            Cube.apply(x).Dispose();
        }
        Collect();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Hooks_see_and_replace_gradients_until_they_are_taken_off()
    {
        using var x = ones([2], requires_grad: true);
        List<float> seen = [];
        var hook = x.register_hook(gradient =>
        {
            seen.Add(gradient.sum().item<float>());
            return gradient * 10;
        });
        (x * 3).sum().backward();
        Assert.Equal([30, 30], x.grad!.ToArray<float>());
        hook.remove();
        x.grad = null;
        (x * 3).sum().backward();
        Assert.Equal([3, 3], x.grad!.ToArray<float>());
        Assert.Equal([6], seen);
    }

    [Fact]
    public void A_hook_that_throws_stops_backward_with_its_exception()
    {
        using var x = ones([2], requires_grad: true);
        x.register_hook(_ => throw new FormatException("bad hook"));
        Assert.Equal("bad hook", Assert.Throws<FormatException>(() => x.sum().backward()).Message);
        Assert.ThrowsAny<Exception>(() => ones(2).register_hook(gradient => gradient));
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private sealed class Scale : autograd.SingleTensorFunction<Scale>
    {
        public override string Name => nameof(Scale);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("factor", vars[1]);
            return (Tensor)vars[0] * (double)vars[1];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * ((double)ctx.get_data("factor") * 10), null!];
    }

    private sealed class ProductAndSum : autograd.MultiTensorFunction<ProductAndSum>
    {
        public override string Name => nameof(ProductAndSum);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var (a, b) = ((Tensor)vars[0], (Tensor)vars[1]);
            ctx.save_for_backward([a, b]);
            return [a.mm(b), a.sum()];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            var saved = ctx.get_saved_variables();
            return [grad_outputs[0].mm(saved[1].t()) + grad_outputs[1], saved[0].t().mm(grad_outputs[0])];
        }
    }

    private sealed class Cube : autograd.SingleTensorFunction<Cube>
    {
        public override string Name => nameof(Cube);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_for_backward([(Tensor)vars[0]]);
            return ((Tensor)vars[0]).pow(3);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * ctx.get_saved_variables()[0].pow(2) * 3];
    }

    private sealed class Thrower : autograd.SingleTensorFunction<Thrower>
    {
        public override string Name => nameof(Thrower);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => throw new NotSupportedException("no gradient here");
    }

    private sealed class Forgetful : autograd.SingleTensorFunction<Forgetful>
    {
        public override string Name => nameof(Forgetful);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [];
    }
}
