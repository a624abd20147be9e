using TorchSharp.Extras.Autograd;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Extras.Tests.Autograd;

/// <summary>The cross-entropy without a graph beside that of automatic differentiation.</summary>
public sealed class DirectLossTests
{
    [Theory]
    [InlineData(16, 10, 1, 1)]
    [InlineData(9, 33, 4, 30)]
    [InlineData(1000, 8, 3, 1e-3)]
    [InlineData(8, 1000, 1, 100)]
    [InlineData(16, 10, 1, double.NaN)]
    [InlineData(16, 10, 1, double.PositiveInfinity)]
    public void Loss_and_gradients_are_those_of_automatic_differentiation_bit_for_bit(int samples, int classes, int divisor, double scale)
    {
        using var scope = NewDisposeScope();
        manual_seed(51);
        using var network = nn.fused.Sequential(Linear(40, classes));
        using var direct = new DirectGradients();
        var (input, targets) = (randn(samples, 40) * scale, randint(0, classes, [samples], int64));
        if (direct.TryForward(network, input) is not { } outputs)
        {
            Assert.False(NetworkPass.IsTaken);
            return;
        }
        var loss = direct.TryCrossEntropy(outputs, targets, divisor)!;
        direct.Backward();
        var found = network.parameters().Select(parameter => parameter.grad!.clone()).ToArray();
        Assert.Equal([], loss.shape);
        Assert.False(loss.requires_grad);

        foreach (var parameter in network.parameters())
            parameter.grad = null;
        var expected = functional.cross_entropy(network.call(input), targets);
        (expected / divisor).backward();
        AssertSame(expected, loss);
        Assert.All(network.parameters().Zip(found), pair => AssertSame(pair.First.grad!, pair.Second));
    }

    [Theory]
    [InlineData("no class")]
    [InlineData("ignored")]
    [InlineData("probabilities")]
    [InlineData("numbers of 32 bits")]
    [InlineData("column")]
    [InlineData("fewer targets")]
    [InlineData("not contiguous")]
    [InlineData("other outputs")]
    public void Other_targets_and_outputs_are_left_to_the_loss_function(string what)
    {
        using var scope = NewDisposeScope();
        using var network = Sequential(Linear(40, 10));
        using var direct = new DirectGradients();
        var input = randn(16, 40);
        var outputs = direct.TryForward(network, input) ?? network.call(input);
        var targets = randint(0, 10, [16], int64);
        switch (what)
        {
            case "no class": targets[7] = 10; break;
            case "ignored": targets[7] = -100; break;
            case "probabilities": targets = rand(16, 10); break;
            case "numbers of 32 bits": targets = targets.to(int32); break;
            case "column": targets = targets.unsqueeze(1); break;
            case "fewer targets": targets = targets[..15]; break;
            case "not contiguous": targets = randint(0, 10, [16, 2], int64)[.., 0]; break;
            case "other outputs": outputs = outputs.clone(); break;
        }
        Assert.Null(direct.TryCrossEntropy(outputs, targets));
        // the outputs' gradient, if any, is still used
        functional.cross_entropy(outputs, randint(0, 10, [16], int64)).backward();
        direct.Backward();
        Assert.True(what == "other outputs" || network.parameters().All(parameter => parameter.grad is not null));
    }

    [Fact]
    public void Steps_keep_no_tensors()
    {
        using var network = Sequential(Linear(40, 10));
        using var direct = new DirectGradients();
        using var input = randn(16, 40);
        using var targets = randint(0, 10, [16], int64);
        Assert.InRange(MemoryGrowth.Of(Step), long.MinValue, MemoryGrowth.Limit);

        void Step()
        {
            using var scope = NewDisposeScope();
            if (direct.TryForward(network, input) is { } outputs)
                direct.TryCrossEntropy(outputs, targets);
            direct.Backward();
            foreach (var parameter in network.parameters())
                parameter.grad = null;
        }
    }

    private static void AssertSame(Tensor expected, Tensor actual) => Assert.True(expected.allclose(actual, rtol: 0, atol: 0, equal_nan: true));
}
