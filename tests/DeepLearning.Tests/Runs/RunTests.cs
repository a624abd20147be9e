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
    public void A_record_becomes_a_run_of_its_properties_in_order()
    {
        var run = Run.Of(new Setting(0.01, 100, true, "a", Kind.Normed));
        Assert.Equal("Run(Lr=0.01, BatchSize=100, Shuffle=True, Network='a', Kind='Normed')", run.ToString());
        Assert.Equal(100, run.Get<int>("BatchSize"));
    }

    [Fact]
    public void A_run_is_returned_unchanged()
    {
        var run = new Run(["lr"], [0.1]);
        Assert.Same(run, Run.Of(run));
    }

    [Fact]
    public void Settings_may_be_null_lists_tuples_decimals_and_dates()
    {
        var run = Run.Of(new
        {
            Dropout = (double?)null,
            Widths = new List<int> { 64, 32 },
            Kernel = (3, 5),
            Lr = 0.1m,
            Kinds = new[] { Kind.Plain, Kind.Normed },
            Day = new DateOnly(2026, 1, 31),
            Nested = new object?[] { 1, new[] { 2.5 }, null, "a" },
        });
        Assert.Equal(
            "Run(Dropout=null, Widths=[64, 32], Kernel=[3, 5], Lr=0.1, Kinds=['Plain', 'Normed'], Day=2026-01-31, Nested=[1, [2.5], null, 'a'])",
            run.ToString());
        Assert.Null(run.Get<double?>("Dropout"));
        Assert.Null(run.Get<string?>("Dropout"));
        Assert.Equal(0.1m, run.Get<decimal>("Lr"));
        Assert.Equal(
            "The setting 'Dropout' is null, not a Double.", Assert.Throws<InvalidCastException>(() => run.Get<double>("Dropout")).Message);
    }

    [Fact]
    public void Runs_are_equal_by_their_names_and_values()
    {
        var run = new Run(["lr", "widths"], [0.1, new[] { 64, 32 }]);
        Assert.Equal(run, new Run(["lr", "widths"], [0.1, new List<int> { 64, 32 }]));
        Assert.Equal(run.GetHashCode(), new Run(["lr", "widths"], [0.1, new List<int> { 64, 32 }]).GetHashCode());
        Assert.NotEqual(run, new Run(["lr", "widths"], [0.1, new[] { 32, 64 }]));
        Assert.NotEqual(run, new Run(["lr", "width"], [0.1, new[] { 64, 32 }]));
        Assert.NotEqual(new Run(["a"], [null]), new Run(["a"], ["null"]));
        Assert.NotEqual(new Run(["a"], [1]), new Run(["a"], ["1"]));
        Assert.Equal(Run.Of(new Setting(0.01, 100, true, "a", Kind.Normed)), Run.Of(new Setting(0.01, 100, true, "a", Kind.Normed)));
        Assert.Single(new HashSet<Run> { new(["a"], [double.NaN]), new(["a"], [double.NaN]) });
    }

    [Fact]
    public void Settings_of_other_types_are_rejected()
    {
        Assert.Contains("'Values' is a Dictionary", Assert.Throws<ArgumentException>(() => Run.Of(new { Values = new Dictionary<string, int>() })).Message, StringComparison.Ordinal);
        Assert.Contains("'Run' is a Object", Assert.Throws<ArgumentException>(() => Run.Of(new { Run = new object() })).Message, StringComparison.Ordinal);
        Assert.Contains("'Run' is a Object", Assert.Throws<ArgumentException>(() => new Run(["Run"], [new object()])).Message, StringComparison.Ordinal);
        Assert.Contains("has no settings", Assert.Throws<ArgumentException>(() => Run.Of(new object())).Message, StringComparison.Ordinal);
        Assert.Contains("2 names", Assert.Throws<ArgumentException>(() => new Run(["a", "b"], [1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_settings_with_the_same_name_are_rejected() =>
        Assert.Contains("Two settings are named 'a'", Assert.Throws<ArgumentException>(() => new Run(["a", "b", "a"], [1, 2, 3])).Message, StringComparison.Ordinal);

    private sealed record Setting(double Lr, int BatchSize, bool Shuffle, string Network, Kind Kind);
}
