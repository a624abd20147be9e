namespace TorchSharp.Extras.Tests;

public sealed class WorkerProcessTests
{
    [Fact]
    public async Task A_scenario_runs_in_a_separate_process()
    {
        Assert.Equal("sum 3", (await WorkerProcess.RunAsync("hello", "3")).Trim());
    }

    [Fact]
    public async Task A_failed_scenario_reports_the_reason()
    {
        var result = await WorkerProcess.TryRunAsync(null, "hello", "three");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("FormatException", result.Errors, StringComparison.Ordinal);
    }
}
