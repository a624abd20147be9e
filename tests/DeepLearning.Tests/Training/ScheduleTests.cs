using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Training;

// Schedules, the learning-rate finder, and learning rates of parts of models.
public sealed class ScheduleTests : IDisposable
{
    private readonly TwoClasses _problem = new();

    public void Dispose() => _problem.Dispose();

    [Fact]
    public void A_warm_up_increases_to_the_rate_and_keeps_it()
        => Assert.Equal([0.025, 0.05, 0.075, 0.1, 0.1, 0.1, 0.1], Rates(Schedulers.Warmup(3)), Near);

    [Fact]
    public void A_warm_up_and_half_a_cosine()
        => Assert.Equal([1 / 30.0, 2 / 30.0, 0.1, 0.0853553390593274, 0.05, 0.0146446609406726, 0], Rates(Schedulers.WarmupCosine(2, 6)), Near);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void A_lowest_rate_that_is_no_fraction_is_rejected(double lowest)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedulers.WarmupCosine(2, 6, lowest));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedulers.CosineWithRestarts(2, lowest: lowest));
    }

    // torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, 2, T_mult=2, eta_min=0.01) with lr=0.1
    [Fact]
    public void Cosines_with_restarts_equal_PyTorchs()
        => Assert.Equal([0.1, 0.055, 0.1, 0.0868198051533946, 0.055, 0.0231801948466054, 0.1], Rates(Schedulers.CosineWithRestarts(2, 2, lowest: 0.1)), Near);

    [Fact]
    public void The_finder_suggests_a_useful_rate_and_restores_the_model()
    {
        using var network = TwoClasses.Network(dropout: 0.2);
        network.eval();
        var (weights, state) = (TwoClasses.Weights(network), random.get_rng_state().data<byte>().ToArray());
        var options = TwoClasses.Options with { Loss = Losses.CrossEntropy(), Scheduler = optimizer => optim.lr_scheduler.StepLR(optimizer, 1) };
        var range = LearningRateFinder.Find(network, _problem.Batches(shuffle: true), options, lowest: 1e-5, highest: 100);
        Assert.Equal(weights, TwoClasses.Weights(network));
        Assert.Equal(state, random.get_rng_state().data<byte>().ToArray());
        Assert.False(network.training);
        Assert.Equal(1e-5, range.Rates[0], 1e-12);
        Assert.Equal(1e-5 * Math.Pow(1e7, 1 / 99.0), range.Rates[1], 1e-12);
        Assert.InRange(range.Suggestion!.Value, 1e-3, 10);
        Assert.Contains("Suggestion", range.Curve().ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_finder_ends_when_the_loss_diverges()
    {
        using var network = TwoClasses.Network();
        var range = LearningRateFinder.Find(network, _problem.Batches(), TwoClasses.Options, lowest: 1e-3, highest: 1e30, steps: 200);
        Assert.InRange(range.Rates.Count, 3, 199);
        Assert.All(TwoClasses.Weights(network), weight => Assert.True(float.IsFinite(weight)));
    }

    [Fact]
    public void Parts_have_separate_rates_and_a_scheduler_scales_all()
    {
        using var network = TwoClasses.Network();
        double[] rates = [];
        Trainer.Fit(network, _problem.Batches(), options: new TrainerOptions
        {
            Epochs = 2,
            Optimizer = LayerRates.SGD([((Module)network[0], 0.01), ((Module)network[3], 0.1)], momentum: 0.5),
            Scheduler = optimizer => optim.lr_scheduler.ExponentialLR(optimizer, 0.5),
            Callbacks = [new LambdaCallback(beforeStep: fit => rates = [.. fit.Optimizer.ParamGroups.Select(group => group.LearningRate)])],
        });
        Assert.Equal([0.005, 0.05], rates);
    }

    [Fact]
    public void A_missing_part_is_rejected()
    {
        using var network = TwoClasses.Network();
        var options = new TrainerOptions { Optimizer = LayerRates.AdamW([((Module)network[3], 0.1)]) };
        Assert.Contains("2 parameters", Assert.Throws<ArgumentException>(() => Trainer.Fit(network, _problem.Batches(), options: options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frozen_part_is_trained_from_its_epoch_on()
    {
        using var norm = BatchNorm1d(2);
        using var network = Sequential(Sequential(norm, Linear(2, 8)), ReLU(), Linear(8, 2));
        var body = (Sequential)network[0];
        var start = TwoClasses.Weights(body);
        List<bool> isAsAtStart = [];
        Trainer.Fit(network, _problem.Batches(), options: TwoClasses.Options with
        {
            Epochs = 3,
            Callbacks = [new UnfreezeAt(body, epoch: 3), new LambdaCallback(afterEpoch: _ => isAsAtStart.Add(start.SequenceEqual(TwoClasses.Weights(body))))],
        });
        Assert.Equal([true, true, false], isAsAtStart);
        Assert.Equal(7, norm.num_batches_tracked!.item<long>());
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-12;

    private double[] Rates(Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> scheduler)
    {
        using var network = TwoClasses.Network();
        var monitor = new LearningRateMonitor();
        Trainer.Fit(network, _problem.Batches(), options: TwoClasses.Options with { Scheduler = scheduler, SchedulerInterval = SchedulerInterval.Step, Callbacks = [monitor] });
        return [.. monitor.Rates];
    }
}
