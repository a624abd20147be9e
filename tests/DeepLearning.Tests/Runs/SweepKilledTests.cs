using System.Diagnostics;

namespace DeepLearning.Tests.Runs;

public sealed class SweepKilledTests : IDisposable
{
    private const int Runs = 12;
    private const int StepsPerRun = 21;

    private readonly TemporaryFolder _untouched = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _untouched.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_sweep_that_is_killed_three_times_trains_each_run_once_with_bit_equal_results()
    {
        var expected = Sweep(_untouched.Path);
        var random = new Random(1);
        List<string> lines = [];
        const int Kills = 3;
        for (var kill = 0; kill < Kills; kill++)
            lines.AddRange(Sweep(_folder.Path, killAfterSteps: random.Next(20, 70)));
        lines.AddRange(Sweep(_folder.Path));
        Assert.Contains("12 runs: 12 finished", lines);
        Assert.Equal(Epochs(expected), Epochs(lines));
        // a process may be killed between a step and its checkpoint: only that step is repeated
        Assert.InRange(lines.Count(IsStep), Runs * StepsPerRun, (Runs * StepsPerRun) + Kills);
    }

    [Fact]
    public void A_sweep_in_one_process_and_in_three_has_bit_equal_results()
    {
        var alone = Sweep(_untouched.Path);
        var together = Sweep(_folder.Path, processes: 3);
        Assert.Contains("12 runs: 12 finished", together);
        Assert.Equal(Epochs(alone), Epochs(together));
        Assert.InRange(together.Count(IsStep), StepsPerRun, (Runs - 2) * StepsPerRun);
    }

    [Fact]
    public void A_sweep_that_has_finished_trains_nothing()
    {
        var first = Sweep(_folder.Path);
        var second = Sweep(_folder.Path);
        Assert.Equal(Epochs(first), Epochs(second));
        Assert.DoesNotContain(second, IsStep);
    }

    private static bool IsStep(string line) => line.StartsWith("step ", StringComparison.Ordinal);

    private static IEnumerable<string> Epochs(IEnumerable<string> lines) => lines.Where(line => line.StartsWith("epoch ", StringComparison.Ordinal));

    private static List<string> Sweep(string folder, int? killAfterSteps = null, int processes = 1)
    {
        var worker = Path.Combine(AppContext.BaseDirectory, "DeepLearning.Tests.Worker.dll");
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [worker, "sweep", folder, $"{processes}"]) { RedirectStandardOutput = true })!;
        List<string> lines = [];
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
            if (killAfterSteps is { } steps && IsStep(line) && lines.Count(IsStep) == steps)
                process.Kill();
        }
        process.WaitForExit();
        return lines;
    }
}
