using TorchSharp.Extras.Memory;

namespace TorchSharp.Extras.Tests.Memory;

public sealed class MemoryWatchTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public async Task Two_thousand_forgotten_pairs_of_4_MB_stay_under_2_GB()
    {
        var result = await Run("forget-pairs", "2000");
        Assert.InRange(result.Number("peak"), 1, 2000 * Megabyte);
        Assert.InRange(result.Number("watched"), 1, long.MaxValue);
    }

    [Fact]
    public async Task Forgotten_graphs_are_freed()
    {
        // 6 GB in all
        var result = await Run("forget-graphs", "2000");
        Assert.InRange(result.Number("peak"), 1, 1500 * Megabyte);
    }

    [Fact]
    public async Task A_million_small_forgotten_temporaries_do_not_increase_resident_memory()
    {
        var result = await Run("forget-small", "1000000");
        Assert.InRange(result.Number("growth"), long.MinValue, 300 * Megabyte);
    }

    [Theory]
    [InlineData("scoped")]
    [InlineData("unscoped")]
    public async Task Two_hundred_epochs_do_not_increase_resident_memory(string style)
    {
        var result = await Run("train-memory", style);
        Assert.InRange(result.Number("growth"), long.MinValue, 160 * Megabyte);
        Assert.InRange(result.Number("tensors"), -500, 500);
        if (style == "scoped")
            Assert.Equal(0, result.Number("collections"));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("off", 0)]
    [InlineData("OFF", 0)]
    [InlineData("0", 0)]
    public async Task The_variable_disables_the_watch_and_the_property_overrides_it(string variable, long isOn)
    {
        var result = await WorkerProcess.TryRunAsync(new Dictionary<string, string> { [MemoryWatch.Variable] = variable }, "watch-state");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal((isOn, 1, 0), (result.Number("default"), result.Number("on"), result.Number("off")));
    }

    private static async Task<WorkerResult> Run(params string[] scenario)
    {
        // one thread: on busy processors, the threads of an operator wait for each other and the test takes minutes
        var environment = new Dictionary<string, string> { [MemoryWatch.Variable] = "", ["OMP_NUM_THREADS"] = "1" };
        // the size of the youngest generation depends on the processor's cache, which has up to 260 MB on servers: 32 MB
        if (scenario is ["forget-small", ..])
            environment["DOTNET_GCgen0size"] = "0x2000000";
        var result = await WorkerProcess.TryRunAsync(environment, scenario);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result;
    }
}
