using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace LibTorch.Tests.Native;

public sealed class DoorTests
{
    [Fact]
    public void Wrong_shapes_in_matmul_throw_with_libtorchs_message()
    {
        using var left = ones(2, 3);
        using var right = ones(2, 3);
        var error = Assert.Throws<ExternalException>(() => left.matmul(right));
        Assert.StartsWith("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_carry_no_native_backtrace()
    {
        using var tensor = ones(2);
        var error = Assert.Throws<ExternalException>(() => tensor.view(3));
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
        Assert.Contains("shape '[3]' is invalid for input of size 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Index_errors_of_libtorch_become_exceptions()
    {
        using var tensor = ones(2, 3);
        var error = Assert.Throws<ExternalException>(() => tensor[5]);
        Assert.Contains("index 5 out of range for tensor of size [2, 3] at dimension 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_operator_is_named()
    {
        var error = Assert.Throws<ExternalException>(() => Aten.Call("no_such_operator"));
        Assert.Contains("no operator aten::no_such_operator", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_argument_is_named()
    {
        using var tensor = ones(2);
        var error = Assert.Throws<ExternalException>(() => Aten.Call("add.Tensor", tensor));
        Assert.Contains("needs its argument 'other'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_arguments_are_refused()
    {
        using var tensor = ones(2);
        var error = Assert.Throws<ExternalException>(() => Aten.Call("relu", tensor, 1L, 2L));
        Assert.Contains("takes 1 arguments, not 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_kind_of_argument_is_an_exception()
    {
        using var tensor = ones(2);
        Assert.Throws<ExternalException>(() => Aten.Call("relu", "text"));
        Assert.Throws<ExternalException>(() => Aten.Call("cat", tensor, 0L));
        Assert.Throws<ExternalException>(() => Aten.Call("reshape", tensor, "2"));
        Assert.Throws<ExternalException>(() => Aten.Call("add.Tensor", default(Argument), tensor));
    }

    [Fact]
    public void A_second_backward_through_a_freed_graph_is_an_exception()
    {
        using var x = ones([2], requires_grad: true);
        using var y = (x * x).sum();
        y.backward();
        var error = Assert.Throws<ExternalException>(y.backward);
        Assert.Contains("backward through the graph a second time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_tensor_is_refused_before_libtorch_sees_it()
    {
        var tensor = ones(2);
        tensor.Dispose();
        Assert.Throws<InvalidOperationException>(() => tensor.relu());
        Assert.Throws<InvalidOperationException>(() => ones(2) + tensor);
        Assert.Throws<InvalidOperationException>(() => cat([tensor]));
        Assert.Equal("[disposed]", tensor.ToString());
    }

    [Fact]
    public void Every_kind_of_argument_passes()
    {
        using var generator = new Generator(3);
        using var weights = ones(3);
        using var drawn = Aten.Call("multinomial", weights, 3L, false, generator);
        Assert.Equal([0, 1, 2], drawn.ToArray<long>().Order());
        using var nearest = Aten.Call("upsample_nearest2d.vec", ones(1, 1, 2, 2), default(Argument), new[] { 2.0, 2.0 });
        Assert.Equal([1, 1, 4, 4], nearest.shape);
        using var product = einsum("i,i->", weights, weights);
        Assert.Equal(3, product.ToSingle());
        var parts = ones(5).split(2);
        Assert.Equal([2, 2, 1], parts.Select(part => part.numel()));
    }

    [Fact]
    public void A_call_with_more_words_than_the_stack_buffer_holds_passes()
    {
        var many = Enumerable.Range(0, 1000).Select(i => tensor((float)i)).ToArray();
        using var stacked = stack(many);
        Assert.Equal(999 * 1000 / 2, stacked.sum().ToSingle());
    }

    [Fact]
    public void Errors_on_other_threads_do_not_mix()
    {
        Parallel.For(0, 64, i =>
        {
            using var left = ones(2, i + 3);
            using var right = ones(1, 1);
            var error = Assert.Throws<ExternalException>(() => left.mm(right));
            Assert.Contains($"(2x{i + 3} and 1x1)", error.Message, StringComparison.Ordinal);
        });
    }
}
