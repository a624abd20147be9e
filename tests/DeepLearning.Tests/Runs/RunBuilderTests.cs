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
    public void Values_are_read_as_what_they_are()
    {
        var run = RunBuilder.GetRuns(new RunSettings { ["lr"] = [0.01], ["batch_size"] = [100] })[0];
        Assert.Equal(0.01, run.Get<double>("lr"));
        Assert.Equal(100, run.Get<int>("batch_size"));
        Assert.Equal(
            "The run has no setting 'learning_rate'; it has lr, batch_size.",
            Assert.Throws<KeyNotFoundException>(() => run.Get<double>("learning_rate")).Message);
        Assert.Equal(
            "The setting 'batch_size' is 100, a Int32 and not a Double.",
            Assert.Throws<InvalidCastException>(() => run.Get<double>("batch_size")).Message);
    }
}
