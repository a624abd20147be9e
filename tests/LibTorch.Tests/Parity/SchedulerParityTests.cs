using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;
using Make = System.Func<TorchSharp.torch.optim.Optimizer, TorchSharp.torch.optim.lr_scheduler.LRScheduler>;

namespace LibTorch.Tests.Parity;

// Expected values: schedulers.json, written by schedulers.py with PyTorch.
public sealed class SchedulerParityTests
{
    private static readonly Dictionary<string, double[][]> _expected = JsonSerializer.Deserialize<Dictionary<string, double[][]>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Parity", "schedulers.json")))!;

    private static readonly Dictionary<string, Make> _schedulers = new()
    {
        ["step"] = o => lr_scheduler.StepLR(o, 7, 0.5),
        ["multi step"] = o => lr_scheduler.MultiStepLR(o, [3, 10, 10, 22], 0.3),
        ["exponential"] = o => lr_scheduler.ExponentialLR(o, 0.9),
        ["lambda"] = o => lr_scheduler.LambdaLR(o, epoch => 1.0 / (1 + epoch)),
        ["lambdas"] = o => lr_scheduler.LambdaLR(o, [epoch => Math.Pow(0.9, epoch), epoch => 1 + epoch]),
        ["multiplicative"] = o => lr_scheduler.MultiplicativeLR(o, epoch => 1 - (1.0 / (1 + epoch))),
        ["constant"] = o => lr_scheduler.ConstantLR(o, 0.25, 8),
        ["linear"] = o => lr_scheduler.LinearLR(o, 0.1, 0.8, 12),
        ["linear defaults"] = o => lr_scheduler.LinearLR(o),
        ["polynomial"] = o => lr_scheduler.PolynomialLR(o, 20, 2),
        ["cosine"] = o => lr_scheduler.CosineAnnealingLR(o, 10, 0.01),
        ["warm restarts"] = o => lr_scheduler.CosineAnnealingWarmRestarts(o, 4, 2, 0.01),
        ["warm restarts of one length"] = o => lr_scheduler.CosineAnnealingWarmRestarts(o, 7),
        ["one cycle"] = o => lr_scheduler.OneCycleLR(o, 0.5, 31),
        ["one cycle linear"] = o => lr_scheduler.OneCycleLR(
            o, [0.5, 0.2], epochs: 4, steps_per_epoch: 10, pct_start: 0.25,
            anneal_strategy: lr_scheduler.impl.OneCycleLR.AnnealStrategy.Linear),
        ["one cycle three phases"] = o => lr_scheduler.OneCycleLR(
            o, [0.5], 35, three_phase: true, base_momentum: [0.7, 0.8], max_momentum: [0.9], div_factor: 10, final_div_factor: 100),
        ["one cycle adam"] = o => lr_scheduler.OneCycleLR(o, 0.5, 40),
        ["one cycle without momentum"] = o => lr_scheduler.OneCycleLR(o, 0.5, 40, cycle_momentum: false),
        ["cyclic"] = o => lr_scheduler.CyclicLR(o, [0.01], [0.1, 0.3], 4, 6),
        ["cyclic triangular2"] = o => lr_scheduler.CyclicLR(
            o, 0.01, 0.1, 5, mode: lr_scheduler.impl.CyclicLR.Mode.Triangular2, cycle_momentum: false),
        ["cyclic exp range"] = o => lr_scheduler.CyclicLR(o, 0.01, 0.1, 5, mode: lr_scheduler.impl.CyclicLR.Mode.ExpRange, gamma: 0.95),
        ["plateau"] = o => lr_scheduler.ReduceLROnPlateau(o, factor: 0.5, patience: 2),
        ["plateau max"] = o => lr_scheduler.ReduceLROnPlateau(
            o, mode: "max", factor: 0.5, patience: 1, threshold: 0.05, threshold_mode: "abs", cooldown: 2, min_lr: [0.01, 0.1]),
        ["sequential"] = o => lr_scheduler.SequentialLR(
            o,
            [lr_scheduler.LinearLR(o, 0.1, total_iters: 5), lr_scheduler.ExponentialLR(o, 0.9), lr_scheduler.CosineAnnealingLR(o, 10)],
            [6, 15]),
        ["chained"] = o => lr_scheduler.ChainedScheduler(
            [lr_scheduler.ConstantLR(o, 0.1, 4), lr_scheduler.ExponentialLR(o, 0.95), lr_scheduler.StepLR(o, 9, 0.5)]),
    };

    public static TheoryData<string> Names => [.. _expected.Keys.Where(name => name is not ("metrics" or "parts"))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Thirty_steps_equal_PyTorchs(string name)
    {
        using var a = new Parameter(zeros(1));
        using var b = new Parameter(zeros(1));
        using var optimizer = Make(a, b, name);
        var scheduler = _schedulers[name](optimizer);
        for (var step = 0; step < 30; step++)
        {
            double[] rates = [.. optimizer.ParamGroups.Select(group => group.LearningRate)];
            Assert.Equal(rates, scheduler.get_last_lr());
            double[] momenta =
                [.. optimizer.ParamGroups.Select(group => group is IMomentum heavy ? heavy.Momentum : ((IBetas)group).Betas.Item1)];
            Assert.Equal(_expected[name][step], [.. rates, .. momenta], (x, y) => Math.Abs(x - y) <= 1e-12 * Math.Max(1e-3, Math.Abs(x)));
            Steps(scheduler, name, step, step + 1);
        }
    }

    [Fact]
    public void Warm_restarts_within_epochs_equal_PyTorchs()
    {
        using var weight = new Parameter(zeros(1));
        using var optimizer = SGD([weight], 0.2);
        var scheduler = lr_scheduler.CosineAnnealingWarmRestarts(optimizer, 2, 3);
        foreach (var (part, expected) in _expected["parts"][0].Zip(_expected["parts"][1]))
        {
            scheduler.step(part);
            Assert.Equal(expected, scheduler.get_last_lr().Single(), 12);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loaded_state_goes_on_as_if_there_had_been_no_break(string name)
    {
        using var a = new Parameter(zeros(1));
        using var b = new Parameter(zeros(1));
        using var first = Make(a, b, name);
        using var second = Make(a, b, name);
        var scheduler = _schedulers[name](first);
        Steps(scheduler, name, 0, 13);
        var resumed = _schedulers[name](second);
        using var file = new MemoryStream();
        PyTorchFile.Save(scheduler.state_dict(), file);
        resumed.load_state_dict((System.Collections.IDictionary)PyTorchFile.Load(file)!);
        second.load_state_dict(first.state_dict());
        Assert.Equal(scheduler.get_last_lr(), resumed.get_last_lr());
        Assert.Equal(scheduler.last_epoch, resumed.last_epoch);
        for (var step = 13; step < 30; step++)
        {
            Steps(scheduler, name, step, step + 1);
            Steps(resumed, name, step, step + 1);
            Assert.Equal(scheduler.get_last_lr(), resumed.get_last_lr());
        }
    }

    private static OptimizerHelper Make(Parameter a, Parameter b, string name) => name.EndsWith("adam", StringComparison.Ordinal)
        ? Adam([new Adam.ParamGroup([a], lr: 0.2), new Adam.ParamGroup([b], lr: 0.05)])
        : SGD([new SGD.ParamGroup([a], 0.2, 0.6), new SGD.ParamGroup([b], 0.05, 0.6)], 0.1);

    private static void Steps(lr_scheduler.LRScheduler scheduler, string name, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            if (name.StartsWith("plateau", StringComparison.Ordinal))
                scheduler.step(_expected["metrics"][0][step]);
            else
                scheduler.step();
        }
    }
}
