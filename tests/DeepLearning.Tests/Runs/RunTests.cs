using DeepLearning.Runs;

namespace DeepLearning.Tests.Runs;

public sealed class RunTests
{
    private enum Kind
    {
        Plain,
        Normed,
    }

    [Fact]
    public void A_record_is_a_run_by_its_properties_in_their_order()
    {
        var run = Run.Of(new Setting(0.01, 100, true, "a", Kind.Normed));
        Assert.Equal("Run(Lr=0.01, BatchSize=100, Shuffle=True, Network='a', Kind='Normed')", run.ToString());
        Assert.Equal(100, run.Get<int>("BatchSize"));
    }

    [Fact]
    public void A_run_is_a_run_already()
    {
        var run = new Run(["lr"], [0.1]);
        Assert.Same(run, Run.Of(run));
    }

    [Fact]
    public void Settings_that_a_run_cannot_be_found_again_by_are_refused()
    {
        Assert.Contains("'Values' is a Int32[]", Assert.Throws<ArgumentException>(() => Run.Of(new { Values = new[] { 1 } })).Message, StringComparison.Ordinal);
        Assert.Contains("'Name' is null", Assert.Throws<ArgumentException>(() => Run.Of(new { Name = (string?)null })).Message, StringComparison.Ordinal);
        Assert.Contains("has no settings", Assert.Throws<ArgumentException>(() => Run.Of(new object())).Message, StringComparison.Ordinal);
    }

    private sealed record Setting(double Lr, int BatchSize, bool Shuffle, string Network, Kind Kind);
}
