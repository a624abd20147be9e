using DeepLearning.Training;
using DeepLearning.Training.Callbacks;

namespace DeepLearning.Tests.Training;

// A time limit and a target end training.
public sealed class StoppingTests : TrainingTest
{
    [Fact]
    public void A_time_limit_ends_after_its_batch_and_includes_time_before_an_interruption()
    {
        // each batch takes a second
        var clock = new Clock();
        Callback Tick() => new LambdaCallback(beforeBatch: _ => clock.Now += TimeSpan.FromSeconds(1));
        var first = Fit(clock, Tick(), new TimeLimit(TimeSpan.FromSeconds(3)));
        Assert.Equal(3, first.Steps);
        Assert.Equal("the time limit of 00:00:03 was reached", first.StopReason);
        Assert.Equal(3, Fit(clock, Tick(), new TimeLimit(TimeSpan.FromSeconds(3))).Steps);
        Assert.Equal(5, Fit(clock, Tick(), new TimeLimit(TimeSpan.FromSeconds(5))).Steps);
    }

    [Fact]
    public void A_target_ends_the_training_when_the_score_reaches_it_in_its_direction()
    {
        var result = Fit(new Clock(), new StopAtTarget(Objective.Accuracy, 0.9));
        Assert.True(result.History.Epochs[^1].Training["accuracy"] >= 0.9);
        Assert.All(result.History.Epochs.SkipLast(1), epoch => Assert.True(epoch.Training["accuracy"] < 0.9));
        Assert.EndsWith("has reached its target of 0.9", result.StopReason, StringComparison.Ordinal);
        // resumed training has reached the target; with a higher target, it continues
        Assert.Equal(result.Steps, Fit(new Clock(), new StopAtTarget(Objective.Accuracy, 0.9)).Steps);
        Assert.True(Fit(new Clock(), new StopAtTarget(Objective.Loss, 0.05)).Steps > result.Steps);
    }

    [Fact]
    public void A_NaN_target_is_rejected() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(new Clock(), new StopAtTarget(Objective.Accuracy, double.NaN)));

    private FitResult Fit(TimeProvider clock, params Callback[] callbacks)
    {
        using var network = TwoClasses.Network();
        return Trainer.Fit(network, Problem.Batches(), options: TwoClasses.Options with
        {
            Epochs = 100,
            Time = clock,
            Callbacks = [.. callbacks, new ModelCheckpoint(Folder.Path) { EverySteps = 1 }],
        });
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
