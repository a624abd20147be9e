using System.Runtime.Intrinsics.X86;
using TorchSharp.Extras.Native;
using TorchSharp.Extras.Native.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Native;

/// <summary>Compares linear layers as one operator with TorchSharp's in Float64.</summary>
public sealed class LinearKernelTests
{
    public static TheoryData<long[], int, bool> Shapes => new()
    {
        { [16, 100], 100, true }, { [17, 45], 13, false }, { [4, 7, 64], 33, true }, { [2, 3, 4, 40], 9, false }, { [1, 5], 3, true }, { [2, 3], 5, true },
        { [1000, 60], 10, true }, { [64, 784], 512, true }, { [130, 333], 257, true }, { [0, 40], 20, true }, { [200, 64], 8, true }, { [64, 1], 8, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Outputs_and_gradients_differ_from_the_exact_ones_by_rounding(long[] shape, int outputs, bool hasBias)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        using var layer = nn.Linear(shape[^1], outputs, hasBias);
        var input = randn(shape).requires_grad_();
        var output = LinearOperator.Call(layer, input);
        var weights = randn_like(output);
        (output * weights).sum().backward();

        var (x, w, g) = (input.detach().to(float64).reshape(-1, shape[^1]), layer.weight.detach().to(float64), weights.to(float64).reshape(-1, outputs));
        var bias = hasBias ? layer.bias!.detach().to(float64) : zeros(outputs, dtype: float64);
        var samples = x.shape[0];
        Assert.Equal([.. shape[..^1], outputs], output.shape);
        ProductKernelTests.AssertClose(
            output.detach().reshape(-1, outputs), x.matmul(w.t()) + bias, x.abs().matmul(w.abs().t()) + bias.abs(), shape[^1] + 1);
        ProductKernelTests.AssertClose(input.grad!.reshape(-1, shape[^1]), g.matmul(w), g.abs().matmul(w.abs()), outputs);
        ProductKernelTests.AssertClose(layer.weight.grad!, g.t().matmul(x), g.abs().t().matmul(x.abs()), samples);
        if (hasBias)
            ProductKernelTests.AssertClose(layer.bias!.grad!, g.sum(dim: 0), g.abs().sum(dim: 0), samples);
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void Other_types_are_computed_by_libtorch(ScalarType type)
    {
        using var scope = NewDisposeScope();
        manual_seed(12);
        using var layer = nn.Linear(50, 20, dtype: type);
        var input = randn(3, 6, 50, dtype: type).requires_grad_();
        var (output, expected) = (LinearOperator.Call(layer, input), layer.forward(input));
        Assert.Equal(type, output.dtype);
        Assert.True(output.allclose(expected, 1e-2, 1e-2));
    }

    [Fact]
    public void A_gradient_with_another_memory_layout_gives_the_same_results()
    {
        using var scope = NewDisposeScope();
        manual_seed(13);
        using var layer = nn.Linear(40, 24);
        var weights = randn(24, 16).t();
        Assert.True(Gradient(weights).Equals(Gradient(weights.contiguous())));
        // the gradient of a sum is one number for all elements
        Assert.True(Gradient(null).Equals(Gradient(ones(16, 24))));

        Tensor Gradient(Tensor? weights)
        {
            layer.weight.grad = null;
            var output = LinearOperator.Call(layer, arange(640, dtype: float32).reshape(16, 40));
            if (weights is null)
                output.sum().backward();
            else
                output.backward([weights]);
            return layer.weight.grad!.clone();
        }
    }

    [Fact]
    public void Gradients_of_gradients_equal_those_of_TorchSharp()
    {
        using var scope = NewDisposeScope();
        manual_seed(14);
        using var layer = nn.Linear(40, 24);
        var input = randn(16, 40).requires_grad_();
        var (ours, theirs) = (Second(LinearOperator.Call(layer, input)), Second(layer.forward(input)));
        Assert.True(ours.allclose(theirs, 1e-4, 1e-4));

        Tensor Second(Tensor output)
        {
            layer.weight.grad = null;
            var gradient = autograd.grad([output.pow(3).sum()], [input], retain_graph: true, create_graph: true)[0];
            gradient.square().sum().backward();
            return layer.weight.grad!.clone();
        }
    }

    [Fact]
    public void An_error_has_the_message_of_TorchSharps_layer()
    {
        using var layer = nn.Linear(4, 2);
        using var sequence = nn.fused.Sequential(layer);
        using var input = ones(3, 5);
        Assert.Equal(
            Assert.ThrowsAny<Exception>(() => layer.call(input)).Message.Split('\n')[0],
            Assert.ThrowsAny<Exception>(() => sequence.call(input)).Message.Split('\n')[0]);
    }

    [Fact]
    public void Autocast_reaches_the_operator()
    {
        using var scope = NewDisposeScope();
        using var sequence = nn.fused.Sequential(nn.Linear(64, 32));
        using (torch.autocast("cpu", ScalarType.BFloat16))
            Assert.Equal(ScalarType.BFloat16, sequence.call(randn(16, 64)).dtype);
    }

    [Fact]
    public void Training_steps_keep_no_tensors()
    {
        using var layer = nn.Linear(64, 32);
        using var input = randn(16, 64);
        Assert.InRange(MemoryGrowth.Of(Step), long.MinValue, MemoryGrowth.Limit);

        void Step()
        {
            using var scope = NewDisposeScope();
            LinearOperator.Call(layer, input).sum().backward();
            foreach (var parameter in layer.parameters())
                parameter.grad = null;
        }
    }

    [Fact]
    public void A_fused_sequence_has_TorchSharps_names_parameters_and_results()
    {
        using var scope = NewDisposeScope();
        manual_seed(15);
        using var plain = nn.Sequential(("first", nn.Linear(40, 24)), ("act", nn.ReLU()), ("last", nn.Linear(24, 10)));
        manual_seed(15);
        using var fused = nn.fused.Sequential(("first", nn.Linear(40, 24)), ("act", nn.ReLU()), ("last", nn.Linear(24, 10)));
        var input = randn(16, 40);
        Assert.Equal(plain.named_parameters().Select(entry => entry.name), fused.named_parameters().Select(entry => entry.name));
        Assert.Equal(plain.GetName(), fused.GetName());
        Assert.True(fused.call(input).allclose(plain.call(input), 1e-5, 1e-6));
        fused.load_state_dict(plain.state_dict());
        Assert.False(input.IsInvalid);
        Assert.Equal(1, nn.fused.Sequential().call(ones(1)).item<float>());
    }

    [Fact]
    public void A_fused_sequence_calls_the_hooks_of_its_layers()
    {
        using var scope = NewDisposeScope();
        var layer = nn.Linear(40, 24);
        using var sequence = nn.fused.Sequential(layer, nn.ReLU());
        List<string> calls = [];
        var remover = layer.register_forward_hook((_, _, output) =>
        {
            calls.Add("after");
            return output;
        });
        layer.register_forward_pre_hook((_, input) =>
        {
            calls.Add("before");
            return input;
        });
        sequence.call(ones(16, 40));
        Assert.Equal(["before", "after"], calls);
        remover.remove();
        sequence.call(ones(16, 40));
        Assert.Equal(["before", "after", "before"], calls);
    }

    [Fact]
    public void Appended_layers_are_part_of_a_fused_sequence()
    {
        using var scope = NewDisposeScope();
        using var sequence = nn.fused.Sequential();
        sequence.append("first", nn.Linear(40, 24));
        sequence.append("last", nn.Linear(24, 3));
        Assert.Equal([16, 3], sequence.call(ones(16, 40)).shape);
    }

    [Fact]
    public void The_kernels_are_used_if_the_processor_has_the_instructions() =>
        Assert.Equal(Avx512F.IsSupported || (Avx2.IsSupported && Fma.IsSupported), MatrixTiles.IsSupported);
}
