using System.Diagnostics;

namespace DeepLearning.Tests.Training;

public sealed class KilledTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_that_is_killed_repeatedly_has_results_bit_equal_to_uninterrupted_training()
    {
        var untouched = Run(folder: null, killAfterSteps: null);
        Assert.StartsWith("weights ", untouched, StringComparison.Ordinal);
        var random = new Random(1);
        for (var kill = 0; kill < 8; kill++)
            Run(_folder.Path, killAfterSteps: random.Next(1, 45));
        Assert.Equal(untouched, Run(_folder.Path, killAfterSteps: null));
    }

    /// <summary>Returns the last line of the worker. The kill is at a random point of a step or of a checkpoint.</summary>
    private static string? Run(string? folder, int? killAfterSteps)
    {
        var worker = Path.Combine(AppContext.BaseDirectory, "DeepLearning.Tests.Worker.dll");
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", folder is null ? [worker, "train"] : [worker, "train", folder]) { RedirectStandardOutput = true })!;
        string? last = null;
        for (var steps = 0; process.StandardOutput.ReadLine() is { } line; steps++)
        {
            last = line;
            if (steps == killAfterSteps)
                process.Kill();
        }
        process.WaitForExit();
        return last;
    }
}
