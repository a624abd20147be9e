using DeepLearning.Runs;

namespace DeepLearning.Tests.Runs;

public sealed class RunBuilderTests
{
    [Fact]
    public void Runs_are_the_product_of_the_settings_the_last_changing_fastest()
    {
        var runs = RunBuilder.GetRuns(new RunSettings { ["lr"] = [0.01, 0.001], ["shuffle"] = [true, false], ["network"] = ["a"] });
        Assert.Equal(
            [
                "Run(lr=0.01, shuffle=True, network='a')",
                "Run(lr=0.01, shuffle=False, network='a')",
                "Run(lr=0.001, shuffle=True, network='a')",
                "Run(lr=0.001, shuffle=False, network='a')",
            ],
            runs.Select(run => run.ToString()));
    }

    [Fact]
    public void Without_settings_there_is_one_run() => Assert.Single(RunBuilder.GetRuns([]));

    [Fact]
    public void A_setting_without_values_is_named()
    {
        var error = Assert.Throws<ArgumentException>(() => RunBuilder.GetRuns(new RunSettings { ["lr"] = [] }));
        Assert.StartsWith("The setting 'lr' has no values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_have_their_types()
    {
        var run = RunBuilder.GetRuns(new RunSettings { ["lr"] = [0.01], ["batch_size"] = [100] })[0];
        Assert.Equal(0.01, run.Get<double>("lr"));
        Assert.Equal(100, run.Get<int>("batch_size"));
        Assert.Equal(
            "The run has no setting 'learning_rate'; the settings are lr, batch_size.",
            Assert.Throws<KeyNotFoundException>(() => run.Get<double>("learning_rate")).Message);
        Assert.Equal(
            "The setting 'batch_size' is 100, a Int32 and not a Double.",
            Assert.Throws<InvalidCastException>(() => run.Get<double>("batch_size")).Message);
    }

    [Fact]
    public void Typed_settings_give_the_same_runs()
    {
        var runs = RunBuilder.GetRuns(each => new Setting(Lr: each.Of(0.01, 0.001), BatchSize: 100, Network: each.Of("a", "b", "c")));
        Assert.Equal(
            [new(0.01, 100, "a"), new(0.01, 100, "b"), new(0.01, 100, "c"), new(0.001, 100, "a"), new(0.001, 100, "b"), new(0.001, 100, "c")],
            runs);
    }

    [Fact]
    public void One_choice_may_depend_on_another()
    {
        var runs = RunBuilder.GetRuns(each => each.Of("sgd", "adam") is "sgd" ? new Setting(each.Of(0.1, 0.01), 1, "sgd") : new(0.001, 1, "adam"));
        Assert.Equal([new(0.1, 1, "sgd"), new(0.01, 1, "sgd"), new(0.001, 1, "adam")], runs);
    }

    [Fact]
    public void A_typed_setting_without_values_is_rejected() =>
        Assert.Throws<ArgumentException>(() => RunBuilder.GetRuns(each => new Setting(each.Of<double>(), 1, "")));

    [Fact]
    public void A_longer_random_search_starts_with_the_runs_of_a_shorter_one()
    {
        var (few, many) = (RunBuilder.Draw(3, seed: 1, Drawn), RunBuilder.Draw(5, seed: 1, Drawn));
        Assert.Equal(few, many.Take(3));
        Assert.Equal(5, many.Distinct().Count());
        Assert.NotEqual(few, RunBuilder.Draw(3, seed: 2, Drawn));
    }

    [Fact]
    public void Draws_cover_their_ranges()
    {
        var lrs = RunBuilder.Draw(2000, seed: 1, draw => draw.LogUniform(1e-4, 1e-1));
        Assert.All(lrs, lr => Assert.InRange(lr, 1e-4, 1e-1));
        // a third of them in each decade, within five standard deviations
        Assert.InRange(lrs.Count(lr => lr < 1e-3), 561, 772);
        Assert.InRange(lrs.Count(lr => lr > 1e-2), 561, 772);
        var rates = RunBuilder.Draw(2000, seed: 1, draw => draw.Uniform(0.2, 0.6));
        Assert.InRange(rates.Average(), 0.38, 0.42);
        Assert.Equal([2, 3, 4], RunBuilder.Draw(100, seed: 1, draw => draw.Whole(2, 4)).Distinct().Order());
        Assert.Equal(["a", "b"], RunBuilder.Draw(100, seed: 1, draw => draw.Of("a", "b")).Distinct().Order());
    }

    private static Setting Drawn(Draw draw) => new(draw.LogUniform(1e-4, 1e-1), draw.Of(16, 32, 64), draw.Of("a", "b"));

    private sealed record Setting(double Lr, int BatchSize, string Network);
}
