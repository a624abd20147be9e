using System.Text.Json;
using TorchSharp.Extras.Tests.Files;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;
using static TorchSharp.torch.optim.lr_scheduler;

namespace TorchSharp.Extras.Tests.Optim;

public sealed class SchedulerStateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Names => [.. Schedulers.Names];

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    // fails with the name of the field if a version of TorchSharp renames a field that the states need
    [Theory]
    [MemberData(nameof(Names))]
    public void A_scheduler_resumed_from_a_file_continues_with_the_same_rates(string name)
    {
        var optimizer = Optimizer();
        var scheduler = Schedulers.Create(name, optimizer);
        for (var i = 0; i < 5; i++)
            Schedulers.Step(scheduler);
        PyTorchFile.Save(
            new Dictionary<string, object?> { ["scheduler"] = scheduler.state_dict(), ["optimizer"] = optimizer.state_dict_py() },
            _folder["state.pth"]);

        var state = (Dictionary<object, object?>)PyTorchFile.Load(_folder["state.pth"])!;
        var other = Optimizer();
        var resumed = Schedulers.Create(name, other);
        resumed.load_state_dict((Dictionary<object, object?>)state["scheduler"]!);
        other.load_state_dict_py(state["optimizer"]);

        Assert.Equal(Rates(optimizer), Rates(other));
        for (var i = 0; i < 5; i++)
        {
            Schedulers.Step(scheduler);
            Schedulers.Step(resumed);
            Assert.Equal(Rates(optimizer), Rates(other));
        }
        Assert.Equal(scheduler.state_dict(), resumed.state_dict());
    }

    [FactWithPyTorch]
    public void PyTorch_continues_from_our_state_and_we_continue_from_PyTorchs()
    {
        // PyTorch's states of CyclicLR and OneCycleLR contain functions, which cannot be loaded here
        string[] names = [.. Schedulers.Names.Except(["CyclicLR", "OneCycleLR"])];
        var ours = new Dictionary<string, List<double>>();
        foreach (var name in names)
        {
            var (optimizer, scheduler) = Resumed(name, state: null, steps: 5);
            Save(name, optimizer, scheduler);
            ours[name] = Continue(optimizer, scheduler, 6);
        }

        var theirs = JsonSerializer.Deserialize<Dictionary<string, List<double>>>(PyTorchProcess.Run("Optim", "continue_schedule.py", [_folder.Path, .. names]))!;

        foreach (var name in names)
        {
            Assert.Equal(ours[name].Select(rate => Math.Round(rate, 12)), theirs[name].Select(rate => Math.Round(rate, 12)));
            var state = (Dictionary<object, object?>)PyTorchFile.Load(_folder[name + ".theirs.pth"])!;
            var (optimizer, scheduler) = Resumed(name, state, steps: 0);
            Assert.Equal(theirs[name][3..].Select(rate => Math.Round(rate, 12)), Continue(optimizer, scheduler, 3).Select(rate => Math.Round(rate, 12)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_names_equal_PyTorchs(string name)
    {
        string[] expected = name switch
        {
            "ChainedLR" => ["_last_lr", "_schedulers"],
            "ReduceLROnPlateau" => ["_last_lr", "best", "cooldown_counter", "last_epoch", "num_bad_epochs"],
            "SequentialLR" => ["_last_lr", "_schedulers", "_step_count", "base_lrs", "last_epoch"],
            "LambdaLR" or "MultiplicativeLR" => ["_last_lr", "_step_count", "base_lrs", "last_epoch", "lr_lambdas"],
            _ => ["_last_lr", "_step_count", "base_lrs", "last_epoch"],
        };

        Assert.Equal(expected, Schedulers.Create(name, Optimizer()).state_dict().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_state_of_another_scheduler_or_optimizer_is_rejected_without_changes()
    {
        var optimizer = Optimizer();
        var chained = Schedulers.Create("ChainedLR", optimizer);
        var before = chained.state_dict();
        var step = Schedulers.Create("StepLR", optimizer);
        var plateau = Schedulers.Create("ReduceLROnPlateau", optimizer);
        var two = SGD([new SGD.ParamGroup([Weight()], 1), new SGD.ParamGroup([Weight()], 1)], 1);

        Assert.Contains("lacks _schedulers", Refused(chained, step.state_dict()), StringComparison.Ordinal);
        Assert.Contains("lacks best", Refused(plateau, step.state_dict()), StringComparison.Ordinal);
        Assert.Contains("2 parameter groups", Refused(Schedulers.Create("StepLR", two), step.state_dict()), StringComparison.Ordinal);
        var half = new Dictionary<string, object> { ["_schedulers"] = new List<object> { step.state_dict(), new Dictionary<string, object>() } };
        step.step();
        Assert.Contains("lacks last_epoch", Refused(chained, half), StringComparison.Ordinal);
        Assert.Equal(before, chained.state_dict());
    }

    [Fact]
    public void A_custom_scheduler_has_a_state()
    {
        var scheduler = new Halving(Optimizer());
        scheduler.step();

        Assert.Equal(2L, scheduler.state_dict()["last_epoch"]);
    }

    private static (SGD Optimizer, LRScheduler Scheduler) Resumed(string name, Dictionary<object, object?>? state, int steps)
    {
        var optimizer = Optimizer();
        var scheduler = Schedulers.Create(name, optimizer);
        if (state is not null)
        {
            scheduler.load_state_dict((Dictionary<object, object?>)state["scheduler"]!);
            optimizer.load_state_dict_py(state["optimizer"]);
        }
        Continue(optimizer, scheduler, steps);
        return (optimizer, scheduler);
    }

    private static List<double> Continue(SGD optimizer, LRScheduler scheduler, int steps)
    {
        var rates = new List<double>();
        for (var i = 0; i < steps; i++)
        {
            Schedulers.Step(scheduler);
            rates.Add(optimizer.ParamGroups.Single().LearningRate);
        }
        return rates;
    }

    private void Save(string name, SGD optimizer, LRScheduler scheduler) => PyTorchFile.Save(
        new Dictionary<string, object?> { ["scheduler"] = scheduler.state_dict(), ["optimizer"] = optimizer.state_dict_py() },
        _folder[name + ".ours.pth"]);

    private static string Refused(LRScheduler scheduler, Dictionary<string, object> state) =>
        Assert.Throws<ArgumentException>(() => scheduler.load_state_dict(state)).Message;

    private static Parameter Weight() => new(ones(1));

    private static SGD Optimizer() => SGD([Weight()], 0.1, momentum: 0.9);

    private static double[] Rates(SGD optimizer) =>
        [.. optimizer.ParamGroups.SelectMany(group => new[] { group.LearningRate, ((IMomentum)group).Momentum })];

    private sealed class Halving : LRScheduler
    {
        public Halving(Optimizer optimizer)
            : base(optimizer, last_epoch: 0) => step();

        protected override IEnumerable<double> get_lr() => get_last_lr().Select(rate => rate / 2);
    }
}
