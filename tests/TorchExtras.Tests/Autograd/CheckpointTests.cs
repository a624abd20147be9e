using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Autograd;

public sealed class CheckpointTests
{
    [Fact]
    public void Gradients_equal_those_of_the_plain_computation_and_forward_runs_twice()
    {
        manual_seed(1);
        using var layer = nn.Linear(4, 4);
        using var x = randn([2, 4], requires_grad: true);
        var runs = 0;
        torch.utils.checkpoint(
            input =>
            {
                runs++;
                return layer.call(input).tanh();
            },
            x).sum().backward();
        var (weight, input) = (layer.weight!.grad!.clone(), x.grad!.clone());
        layer.zero_grad();
        x.grad = null;
        layer.call(x).tanh().sum().backward();
        Assert.Equal(2, runs);
        Assert.Equal(layer.weight!.grad!.data<float>().ToArray(), weight.data<float>().ToArray());
        Assert.Equal(x.grad!.data<float>().ToArray(), input.data<float>().ToArray());
    }

    [Fact]
    public void Parameters_get_gradients_even_if_no_input_requires_one()
    {
        manual_seed(1);
        using var layer = nn.Linear(4, 4);
        using var x = randn([2, 4]);
        torch.utils.checkpoint(layer.call, x).sum().backward();
        var gradient = layer.weight!.grad!.clone();
        layer.zero_grad();
        layer.call(x).sum().backward();
        Assert.Equal(layer.weight!.grad!.data<float>().ToArray(), gradient.data<float>().ToArray());
        Assert.Null(x.grad);
    }

    [Fact]
    public void A_function_without_parameters_and_gradients_has_no_gradient()
    {
        using var x = ones(3);
        torch.utils.checkpoint(input => input * 2, x).sum().backward();
        Assert.Null(x.grad);
    }

    [Fact]
    public void Without_gradients_nothing_is_recorded()
    {
        using var layer = nn.Linear(4, 4);
        using var x = randn([2, 4]);
        using var untracked = no_grad();
        Assert.False(torch.utils.checkpoint(layer.call, x).requires_grad);
    }

    [Fact]
    public void Dropout_drops_the_same_elements_twice_and_advances_the_generator_once()
    {
        manual_seed(3);
        using var x = ones([100], requires_grad: true);
        using var y = torch.utils.checkpoint(input => nn.functional.dropout(input, 0.5), x);
        using var next = rand(1);
        y.sum().backward();
        Assert.Equal(y.detach().data<float>().ToArray(), x.grad!.data<float>().ToArray());
        manual_seed(3);
        nn.functional.dropout(ones(100), 0.5);
        Assert.Equal(next.data<float>().ToArray(), rand(1).data<float>().ToArray());
    }

    [Fact]
    public void A_chain_is_checkpointed_in_segments()
    {
        manual_seed(1);
        using var net = nn.Sequential(nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 1));
        using var x = randn([4, 3], requires_grad: true);
        using var output = torch.utils.checkpoint_sequential(net, 2, x);
        Assert.True(output.allclose(net.call(x)));
        output.sum().backward();
        Assert.All(net.parameters(), parameter => Assert.NotNull(parameter.grad));
        Assert.Throws<ArgumentOutOfRangeException>(() => torch.utils.checkpoint_sequential(net, 9, x));
    }

    [Fact]
    public void Several_inputs_get_their_gradients()
    {
        manual_seed(1);
        using var a = randn([3, 3], requires_grad: true);
        using var b = randn([3, 3]);
        using var c = randn([3, 3], requires_grad: true);
        torch.utils.checkpoint(inputs => inputs[0].mm(inputs[1]).sin().mm(inputs[2]), inputs: [a, b, c]).sum().backward();
        var (first, last) = (a.grad!.clone(), c.grad!.clone());
        (a.grad, c.grad) = (null, null);
        a.mm(b).sin().mm(c).sum().backward();
        Assert.Equal(a.grad!.data<float>().ToArray(), first.data<float>().ToArray());
        Assert.Equal(c.grad!.data<float>().ToArray(), last.data<float>().ToArray());
        Assert.Null(b.grad);
    }

    [Fact]
    public void Operations_without_gradients_inside_have_none()
    {
        using var x = ones([2], requires_grad: true);
        torch.utils.checkpoint(
            input =>
            {
                Tensor factor;
                using (no_grad())
                    factor = input * 10;
                return input * factor;
            },
            x).sum().backward();
        Assert.Equal([10f, 10f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void An_exception_of_the_second_run_reaches_the_caller_of_backward()
    {
        using var x = ones([2], requires_grad: true);
        var runs = 0;
        using var y = torch.utils.checkpoint(input => ++runs == 2 ? throw new FormatException("the second run failed") : input * 2, x).sum();
        var error = Assert.Throws<ExternalException>(y.backward);
        Assert.Equal("the second run failed", Assert.IsType<FormatException>(error.InnerException).Message);
        Assert.Contains("FormatException: the second run failed", error.Message, StringComparison.Ordinal);
        Assert.Null(x.grad);
        // later backward passes are not affected
        torch.utils.checkpoint(input => input * 2, x).sum().backward();
        Assert.Equal([2f, 2f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void An_exception_in_a_checkpoint_inside_a_checkpoint_reaches_the_caller()
    {
        using var x = ones([], requires_grad: true);
        var runs = 0;
        Tensor Inner(Tensor input) => ++runs == 3 ? throw new NotSupportedException("inner") : input * 2;
        using var y = torch.utils.checkpoint(input => torch.utils.checkpoint(Inner, input).sin(), x);
        var error = Assert.Throws<ExternalException>(y.backward);
        Assert.Equal("inner", Assert.IsType<NotSupportedException>(error.InnerException).Message);
    }

    [Fact]
    public void A_second_result_of_another_shape_throws_an_exception()
    {
        using var x = ones([2], requires_grad: true);
        var runs = 0;
        using var y = torch.utils.checkpoint(input => ++runs == 2 ? cat([input, input]) : input * 2, x).sum();
        Assert.Throws<ExternalException>(y.backward);
    }

    [Fact]
    public void The_second_run_has_the_autocast_mode_of_the_first()
    {
        manual_seed(1);
        using var layer = nn.Linear(4, 4);
        using var x = randn([2, 4], requires_grad: true);
        List<ScalarType> types = [];
        Tensor y;
        using (torch.autocast("cpu"))
        {
            y = torch.utils.checkpoint(
                input =>
                {
                    var output = layer.call(input);
                    types.Add(output.dtype);
                    return output;
                },
                x);
        }
        y.sum().backward();
        Assert.Equal([ScalarType.BFloat16, ScalarType.BFloat16], types);
        Assert.False(torch.is_autocast_enabled("cpu"));
    }

    [Fact]
    public void A_function_may_return_its_input()
    {
        using var x = ones([2], requires_grad: true);
        using (var scope = NewDisposeScope())
        {
            var y = torch.utils.checkpoint(input => input, x);
            (y * 3).sum().backward();
        }
        Assert.Equal([3f, 3f], x.grad!.data<float>().ToArray());
        Assert.False(x.IsInvalid);
    }

    [Fact]
    public void The_result_can_be_changed_in_place()
    {
        using var x = ones([2], requires_grad: true);
        using var y = torch.utils.checkpoint(input => input * 2, x);
        y.mul_(5).sum().backward();
        Assert.Equal([10f, 10f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void A_graph_that_is_retained_can_be_used_twice()
    {
        manual_seed(1);
        using var x = ones([8], requires_grad: true);
        using var y = torch.utils.checkpoint(input => nn.functional.dropout(input, 0.5), x).sum();
        y.backward(retain_graph: true);
        var once = x.grad!.clone();
        y.backward();
        Assert.Equal((once * 2).data<float>().ToArray(), x.grad!.data<float>().ToArray());
    }

    [Fact]
    public async Task Garbage_collection_during_backward_does_not_free_gradients()
    {
        using var x = ones([64, 64], requires_grad: true);
        using var stop = new CancellationTokenSource();
        var collector = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        for (var i = 0; i < 200; i++)
        {
            x.grad = null;
            torch.utils.checkpoint(input => torch.utils.checkpoint(inner => inner * 2, input) * 3, x).sum().backward();
            Assert.Equal(6 * 64 * 64, x.grad!.sum().item<float>());
        }
        await stop.CancelAsync();
        await collector;
    }

    [Fact]
    public void A_step_with_checkpoints_leaves_no_tensors_in_the_scope()
    {
        using var net = nn.Linear(4, 4);
        using var x = randn([2, 4]);
        torch.utils.checkpoint(net.call, x).sum().backward();
        using var scope = NewDisposeScope();
        var y = torch.utils.checkpoint(net.call, x);
        Assert.Equal(1, scope.DisposablesCount);
        var loss = y.sum();
        loss.backward();
        Assert.Equal(2, scope.DisposablesCount);
    }
}
