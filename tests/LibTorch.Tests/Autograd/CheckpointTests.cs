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
    public void Parameters_get_gradients_though_no_input_needs_one()
    {
        manual_seed(1);
        using var layer = nn.Linear(4, 4);
        using var x = randn([2, 4]);
        utils.checkpoint(layer.call, x).sum().backward();
        var gradient = layer.weight.grad!.clone();
        layer.zero_grad();
        layer.call(x).sum().backward();
        Assert.True(gradient.allclose(layer.weight.grad!));
        Assert.Null(x.grad);
    }

    [Fact]
    public void A_function_without_parameters_of_inputs_that_need_no_gradient_has_none_to_give()
    {
        using var x = ones(3);
        utils.checkpoint(input => input * 2, x).sum().backward();
        Assert.Null(x.grad);
    }

    [Fact]
    public void Without_gradients_nothing_is_recorded()
    {
        using var layer = nn.Linear(4, 4);
        using var x = randn([2, 4]);
        using var untracked = no_grad();
        Assert.False(utils.checkpoint(layer.call, x).requires_grad);
    }

    [Fact]
    public void Between_forward_and_backward_nothing_but_the_result_is_kept()
    {
        const long Bytes = sizeof(float) << 20;
        using var x = ones([1 << 20], requires_grad: true);
        var before = cpu.memory_allocated();
        using var y = utils.checkpoint(input => input.sin().exp().tanh().sum(), x);
        Assert.InRange(cpu.memory_allocated() - before, 0, Bytes - 1);
        y.backward();
        // the gradient of x
        Assert.InRange(cpu.memory_allocated() - before, Bytes, 2 * Bytes);
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
