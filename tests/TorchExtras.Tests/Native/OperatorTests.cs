using System.Runtime.CompilerServices;
using TorchSharp.Extras.Native;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Native;

public sealed class OperatorTests
{
    [Fact]
    public void An_operator_is_called_by_its_name()
    {
        using var x = tensor(new float[] { -1, 2 });
        using var y = new Operator("aten::relu", "", 1).Call(x)[0];
        Assert.Equal([0f, 2f], y.data<float>().ToArray());
    }

    [Fact]
    public void A_list_of_tensors_and_numbers_are_passed()
    {
        using var x = ones(2, 3);
        using var y = zeros(2, 3);
        using var joined = new Operator("aten::cat", "", 1).Call(new List<Tensor> { x, y }, 1L)[0];
        Assert.Equal([2, 6], joined.shape);
        var parts = new Operator("aten::native_batch_norm", "", 3).Call(
            joined, OperatorArgument.None, OperatorArgument.None, OperatorArgument.None, OperatorArgument.None, true, 0.1, 1e-5);
        Assert.Equal([2, 6], parts[0].shape);
    }

    [Fact]
    public void Autograd_records_the_call()
    {
        using var x = ones([2], requires_grad: true);
        new Operator("aten::relu", "", 1).Call(x)[0].sum().backward();
        Assert.Equal([1f, 1f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void A_disposed_argument_is_rejected_before_the_call()
    {
        using var x = ones(2);
        var disposed = ones(2);
        disposed.Dispose();
        Assert.Throws<InvalidOperationException>(() => new Operator("aten::cat", "", 1).Call(new List<Tensor> { x, disposed }, 0L));
    }

    [Fact]
    public void An_operator_that_does_not_exist_is_an_error() =>
        Assert.Contains("aten::no_such_operator", Assert.Throws<InvalidOperationException>(
            () => new Operator("aten::no_such_operator", "", 1).Call()).Message, StringComparison.Ordinal);

    [Fact]
    public void Arguments_and_results_are_not_leaked()
    {
        var relu = new Operator("aten::relu", "", 1);
        using var x = ones(1 << 20);
        relu.Call(x)[0].Dispose();
        var before = Environment.WorkingSet;
        for (var i = 0; i < 500; i++)
            relu.Call(x)[0].Dispose();
        // one leaked result per call would be 2 GB
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 200L << 20);
    }

    [Fact]
    public void A_function_that_libtorch_lacks_is_named() =>
        Assert.Contains("no_such_function", Assert.Throws<PlatformNotSupportedException>(
            () => LibTorch.Export("no_such_function", "A test")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_autocast_functions_exist() => RuntimeHelpers.RunClassConstructor(typeof(AutocastFunctions).TypeHandle);
}
