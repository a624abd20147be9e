namespace TorchSharp.Extras.Tests;

public sealed class WorkerProcessTests
{
    [Fact]
    public async Task A_scenario_runs_in_a_process_of_its_own()
    {
        Assert.Equal("sum 3", (await WorkerProcess.RunAsync("hello", "3")).Trim());
    }

    [Fact]
    public async Task A_scenario_that_fails_says_why()
    {
        var result = await WorkerProcess.TryRunAsync(null, "hello", "three");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("FormatException", result.Errors, StringComparison.Ordinal);
    }
}
