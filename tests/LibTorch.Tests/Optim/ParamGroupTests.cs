using LibTorch.Tests.Memory;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.Optim;

public sealed class ParamGroupTests : IDisposable
{
    private readonly Parameter _a = new(ones(1)), _b = new(ones(1));

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }

    [Fact]
    public void Each_group_steps_by_its_own_learning_rate()
    {
        using var optimizer = optim.SGD([new SGD.ParamGroup([_a], lr: 0.5), new SGD.ParamGroup([_b], lr: 0.25)], 1);
        (_a + _b).sum().backward();
        optimizer.step();
        Assert.Equal((0.5f, 0.75f), (_a.detach().ToSingle(), _b.detach().ToSingle()));
    }

    [Fact]
    public void A_group_takes_the_optimizers_setting_for_what_its_options_leave_out()
    {
        using var optimizer = optim.AdamW(
            [new AdamW.ParamGroup([_a], new AdamW.Options { weight_decay = 0.5 }), new AdamW.ParamGroup([_b], new AdamW.Options())],
            lr: 0.1, beta1: 0.8, weight_decay: 0.25);
        var groups = optimizer.ParamGroups.Cast<AdamW.ParamGroup>().ToList();
        Assert.Equal([0.5, 0.25], groups.Select(group => group.Options.weight_decay!.Value));
        Assert.All(groups, group => Assert.Equal((0.1, 0.1, (0.8, 0.999)), (group.LearningRate, group.InitialLearningRate, group.Betas)));
    }

    [Fact]
    public void A_group_can_be_added_later()
    {
        using optim.Optimizer optimizer = optim.RMSProp([_a], momentum: 0.5);
        optimizer.add_param_group(new RMSProp.ParamGroup([_b], new RMSProp.Options { LearningRate = 0.5 }));
        Assert.Equal([_a, _b], optimizer.parameters());
        Assert.Equal([0.01, 0.5], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal(0.5, ((optim.IMomentum)optimizer.ParamGroups.Last()).Momentum);
    }

    [Fact]
    public void A_group_of_another_optimizer_or_of_a_known_parameter_is_refused()
    {
        using var optimizer = optim.Adagrad([_a]);
        Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new SGD.ParamGroup([_b], lr: 1)));
        Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new Adagrad.ParamGroup([_b, _a], lr: 1)));
        Assert.Equal([_a], optimizer.parameters());
    }

    [Fact]
    public void A_closure_computes_gradients_even_where_none_are_recorded()
    {
        using var optimizer = optim.SGD([_a], 0.5);
        using var untracked = no_grad();
        using var loss = optimizer.step(() =>
        {
            var sum = (_a * 3).sum();
            sum.backward();
            return sum;
        });
        Assert.Equal(3, loss!.ToSingle());
        Assert.Equal(-0.5f, _a.ToSingle());
    }

    [Fact]
    public void A_step_leaves_only_the_state_behind_and_Dispose_not_even_that()
    {
        optim.Optimizer[] optimizers =
        [
            optim.SGD([_a, _b], 0.1, 0.9, weight_decay: 0.1, nesterov: true), optim.Adam([_a, _b], amsgrad: true, weight_decay: 0.1),
            optim.AdamW([_a, _b], weight_decay: 0.1, maximize: true), optim.RMSProp([_a, _b], momentum: 0.5, centered: true, maximize: true),
            optim.Adagrad([_a, _b], weight_decay: 0.1), optim.NAdam([_a, _b], weight_decay: 0.1),
            optim.Adadelta([_a, _b], weight_decay: 0.1, maximize: true),
        ];
        using var gradient = ones(1);
        (_a.grad, _b.grad) = (gradient, gradient);
        var before = LiveTensors.Settle();
        foreach (var optimizer in optimizers)
        {
            optimizer.step();
            var afterOne = LiveTensors.Settle();
            optimizer.step();
            Assert.Equal(afterOne, Tensor.TotalCount);
            optimizer.Dispose();
            Assert.Equal(before, Tensor.TotalCount);
        }
    }
}
