using System.Runtime.InteropServices;
using LibTorch.Tests.Memory;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.Modules;

public sealed class ModuleTests
{
    [Fact]
    public void Components_are_registered_under_their_fields_names()
    {
        using var net = new Net();
        Assert.Equal(
            ["scale", "first.weight", "first.bias", "second.weight", "second.bias"], net.named_parameters().Select(entry => entry.name));
        Assert.Equal(["offset"], net.named_buffers().Select(entry => entry.name));
        Assert.Equal(["first", "second"], net.named_children().Select(entry => entry.name));
        Assert.Equal(1 + 8 + 2 + 4 + 2, net.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void Without_RegisterComponents_an_optimizer_says_what_is_missing()
    {
        using var net = new Unregistered();
        var error = Assert.Throws<ArgumentException>(() => optim.Adam(net.parameters()));
        Assert.Contains("RegisterComponents()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_mode_reaches_every_submodule()
    {
        using var net = nn.Sequential(("a", nn.Linear(2, 2)), ("drop", nn.Dropout()));
        net.eval();
        Assert.All(net.modules(), module => Assert.False(module.training));
        net.train();
        Assert.All(net.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void Dropout_acts_in_training_only()
    {
        using var drop = nn.Dropout(0.5);
        using var x = ones(1000);
        manual_seed(1);
        Assert.InRange(drop.call(x).count_nonzero().item<long>(), 400, 600);
        drop.eval();
        Assert.Equal(1000, drop.call(x).count_nonzero().item<long>());
    }

    [Fact]
    public void Sequential_numbers_or_names_its_steps()
    {
        using var numbered = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1));
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], numbered.named_parameters().Select(entry => entry.name));
        using var named = nn.Sequential(("fc", nn.Linear(2, 3)), ("relu", nn.ReLU()));
        Assert.Equal(["fc.weight", "fc.bias"], named.named_parameters().Select(entry => entry.name));
        Assert.Equal([5, 1], numbered.call(ones(5, 2)).shape);
    }

    [Fact]
    public void Sequential_refuses_a_name_twice_where_PyTorch_would_drop_a_layer()
    {
        using var net = nn.Sequential(("relu", nn.ReLU()));
        var error = Assert.Throws<ArgumentException>(() => net.append("relu", nn.ReLU()));
        Assert.Contains("already has a part named 'relu'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_runs_hooks_and_forward_does_not()
    {
        using var linear = nn.Linear(2, 2);
        var calls = 0;
        var remover = linear.register_forward_hook((_, _, output) =>
        {
            calls++;
            return output;
        });
        linear.call(ones(1, 2));
        linear.forward(ones(1, 2));
        remover.remove();
        linear.call(ones(1, 2));
        Assert.Equal(1, calls);
    }

    [Fact]
    public void A_state_dict_restores_an_equal_module()
    {
        manual_seed(1);
        using var source = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3));
        source.call(randn(8, 4));
        using var target = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3));
        target.load_state_dict(source.state_dict());
        source.eval();
        target.eval();
        using var x = randn(5, 4);
        Assert.True(source.call(x).allclose(target.call(x)));
        Assert.Equal(1, target.get_buffer("1.num_batches_tracked")!.item<long>());
    }

    [Fact]
    public void A_state_dict_that_does_not_fit_says_which_names_differ()
    {
        using var source = nn.Sequential(("a", nn.Linear(2, 2)));
        using var target = nn.Sequential(("b", nn.Linear(2, 2)));
        var error = Assert.Throws<InvalidOperationException>(() => target.load_state_dict(source.state_dict()));
        Assert.Contains("missing are [b.weight, b.bias], unexpected are [a.weight, a.bias]", error.Message, StringComparison.Ordinal);
        var (missing, unexpected) = target.load_state_dict(source.state_dict(), strict: false);
        Assert.Equal((2, 2), (missing.Count, unexpected.Count));
    }

    [Fact]
    public void A_shape_that_does_not_fit_is_refused_before_anything_is_copied()
    {
        using var source = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 3));
        using var target = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 4));
        var before = target.get_parameter("0.weight")!.ToArray<float>();
        var error = Assert.Throws<InvalidOperationException>(() => target.load_state_dict(source.state_dict()));
        Assert.Contains("1.weight is [4x2] here and [3x2] in the state", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, target.get_parameter("0.weight")!.ToArray<float>());
    }

    [Fact]
    public void Conversion_keeps_the_objects_and_what_they_are()
    {
        using var net = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2));
        var weight = net.get_parameter("0.weight")!;
        Assert.Same(net, net.to(ScalarType.Float64));
        Assert.Same(weight, net.get_parameter("0.weight"));
        Assert.Equal(ScalarType.Float64, weight.dtype);
        Assert.True(weight.requires_grad && weight.is_leaf);
        Assert.Equal(ScalarType.Int64, net.get_buffer("1.num_batches_tracked")!.dtype);
        net.call(ones([3, 2], ScalarType.Float64)).sum().backward();
        Assert.NotNull(weight.grad);
    }

    [Fact]
    public void Batch_norm_normalises_in_training_and_remembers_for_evaluation()
    {
        using var norm = nn.BatchNorm1d(2);
        using var x = tensor(new float[,] { { 1, 10 }, { 3, 30 } });
        using var normal = norm.call(x);
        Assert.True(normal.allclose(tensor(new float[,] { { -1, -1 }, { 1, 1 } }), atol: 1e-4));
        Assert.True(norm.running_mean!.allclose(tensor(new[] { 0.2f, 2f }), atol: 1e-6));
        norm.eval();
        norm.call(x);
        Assert.Equal(1, norm.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Batch_norm_refuses_an_input_of_the_wrong_rank()
    {
        using var norm = nn.BatchNorm2d(3);
        var error = Assert.Throws<ArgumentException>(() => norm.call(ones(4, 3)));
        Assert.StartsWith("BatchNorm2d does not take an input of 2 dimensions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_linear_layer_given_the_wrong_width_names_both_shapes()
    {
        using var linear = nn.Linear(4, 2);
        var error = Assert.Throws<ExternalException>(() => linear.call(ones(1, 3)));
        Assert.Contains("(1x3 and 4x2)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Convolution_and_pooling_give_PyTorchs_shapes()
    {
        using var x = ones(2, 1, 28, 28);
        Assert.Equal([2, 6, 24, 24], nn.Conv2d(1, 6, 5).call(x).shape);
        Assert.Equal([2, 6, 28, 28], nn.Conv2d(1, 6, kernel_size: 3, padding: 1, padding_mode: PaddingModes.Reflect).call(x).shape);
        Assert.Equal([2, 4, 14, 13], nn.Conv2d(1, 4, (2, 3), stride: (2, 2)).call(x).shape);
        Assert.Equal([2, 1, 14, 14], nn.MaxPool2d(2).call(x).shape);
        Assert.Equal([2, 784], nn.Flatten().call(x).shape);
        Assert.Throws<ArgumentException>(() => nn.Conv2d(3, 4, 3, groups: 2));
    }

    [Fact]
    public void A_training_step_leaves_no_tensor_behind()
    {
        using var net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.BatchNorm1d(8), nn.Linear(8, 2));
        using var optimizer = optim.Adam(net.parameters());
        using var x = randn(16, 4);
        using var labels = randint(2, [16]);
        Step();
        var before = LiveTensors.Settle();
        Step();
        Assert.Equal(before, Tensor.TotalCount);

        void Step()
        {
            using var output = net.call(x);
            using var loss = nn.functional.cross_entropy(output, labels);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }
    }

    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first = nn.Linear(4, 2);
        private readonly Parameter scale = new(ones(1));
        private readonly Linear second = nn.Linear(2, 2);
        private readonly Tensor offset = zeros(1);

        public Net()
            : base(nameof(Net)) => RegisterComponents();

        public override Tensor forward(Tensor input) => (second.call(first.call(input)) * scale) + offset;
    }

    private sealed class Unregistered : nn.Module<Tensor, Tensor>
    {
        private readonly Linear _linear = nn.Linear(4, 2);

        public Unregistered()
            : base(nameof(Unregistered))
        {
        }

        public override Tensor forward(Tensor input) => _linear.call(input);
    }
}
