using static TorchSharp.torch;

namespace LibTorch.Tests.Autograd;

public sealed class CheckpointTests
{
    [Fact]
    public void Gradients_equal_those_of_the_plain_computation_and_forward_runs_twice()
    {
        manual_seed(1);
        using var layer = nn.Linear(4, 4);
        using var x = randn([2, 4], requires_grad: true);
        var runs = 0;
        utils.checkpoint(
            input =>
            {
                runs++;
                return layer.call(input).tanh();
            },
            x).sum().backward();
        var (weight, input) = (layer.weight.grad!.clone(), x.grad!.clone());
        layer.zero_grad();
        x.grad = null;
        layer.call(x).tanh().sum().backward();
        Assert.Equal(2, runs);
        Assert.True(weight.allclose(layer.weight.grad!));
        Assert.True(input.allclose(x.grad!));
    }

    [Fact]
    public void Dropout_drops_the_same_elements_both_times_and_the_stream_goes_on_as_if_once()
    {
        manual_seed(3);
        using var x = ones([100], requires_grad: true);
        using var y = utils.checkpoint(input => nn.functional.dropout(input, 0.5), x);
        using var next = rand(1);
        y.sum().backward();
        Assert.Equal(y.detach().ToArray<float>(), x.grad!.ToArray<float>());
        manual_seed(3);
        nn.functional.dropout(ones(100), 0.5);
        Assert.Equal(next.ToArray<float>(), rand(1).ToArray<float>());
    }

    [Fact]
    public void A_chain_is_checkpointed_in_segments()
    {
        manual_seed(1);
        using var net = nn.Sequential(nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 1));
        using var x = randn([4, 3], requires_grad: true);
        var steps = Enumerable.Range(0, net.Count).Select(index => net[index]).ToList();
        using var output = utils.checkpoint_sequential(steps, 2, x);
        Assert.True(output.allclose(net.call(x)));
        output.sum().backward();
        Assert.All(net.parameters(), parameter => Assert.NotNull(parameter.grad));
        Assert.Throws<ArgumentOutOfRangeException>(() => utils.checkpoint_sequential(steps, 9, x));
    }
}
