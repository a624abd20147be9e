using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace LibTorch.Tests.Optim;

public sealed class SchedulerTests : IDisposable
{
    private readonly Parameter _weight = new(ones(1));
    private readonly SGD _optimizer;

    public SchedulerTests() => _optimizer = SGD([_weight], 1);

    public void Dispose()
    {
        _optimizer.Dispose();
        _weight.Dispose();
    }

    [Fact]
    public void The_next_step_of_the_optimizer_uses_the_schedulers_rate()
    {
        var scheduler = lr_scheduler.StepLR(_optimizer, 1, 0.25);
        scheduler.step();
        _weight.sum().backward();
        _optimizer.step();
        Assert.Equal(0.75f, _weight.detach().ToSingle());
    }

    [Fact]
    public void A_scheduler_made_anew_at_the_epoch_it_had_goes_on_as_before()
    {
        var scheduler = lr_scheduler.CosineAnnealingLR(_optimizer, 10);
        for (var i = 0; i < 4; i++)
            scheduler.step();
        using var other = SGD([_weight], 0.5);
        other.load_state_dict(_optimizer.state_dict());
        var resumed = lr_scheduler.CosineAnnealingLR(other, 10, last_epoch: scheduler.last_epoch - 1);
        Assert.Equal(scheduler.get_last_lr().Single(), resumed.get_last_lr().Single(), 12);
        scheduler.step();
        resumed.step();
        Assert.Equal(scheduler.get_last_lr().Single(), resumed.get_last_lr().Single(), 12);
    }

    [Fact]
    public void A_plateau_without_a_measurement_says_what_is_missing()
    {
        var scheduler = lr_scheduler.ReduceLROnPlateau(_optimizer);
        Assert.Contains("step(loss)", Assert.Throws<InvalidOperationException>(scheduler.step).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_ends()
    {
        var scheduler = lr_scheduler.OneCycleLR(_optimizer, 1, 3);
        for (var i = 0; i < 3; i++)
            scheduler.step();
        Assert.Contains("3 steps", Assert.Throws<InvalidOperationException>(scheduler.step).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused()
    {
        using var adagrad = Adagrad([_weight]);
        Assert.Throws<ArgumentException>(() => lr_scheduler.OneCycleLR(adagrad, 1, 10));
        Assert.Throws<ArgumentException>(() => lr_scheduler.OneCycleLR(_optimizer, 1));
        Assert.Throws<ArgumentException>(() => lr_scheduler.OneCycleLR(_optimizer, [1, 2], 10));
        Assert.Throws<ArgumentException>(() => lr_scheduler.ReduceLROnPlateau(_optimizer, "smallest"));
        Assert.Throws<ArgumentException>(() => lr_scheduler.LambdaLR(_optimizer, []));
        Assert.Throws<ArgumentException>(() => lr_scheduler.SequentialLR(_optimizer, [lr_scheduler.StepLR(_optimizer, 1)], [1]));
        Assert.Throws<ArgumentException>(
            () => lr_scheduler.SequentialLR(_optimizer, [lr_scheduler.StepLR(_optimizer, 1), lr_scheduler.StepLR(adagrad, 1)], [1]));
    }
}
