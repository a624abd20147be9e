using System.Diagnostics;

namespace DeepLearning.Tests.Training;

/// <summary>Tests of the memory of a process, which run in a separate process.</summary>
public sealed class ResidentMemoryTests
{
    // 1,200 steps follow the 50th epoch: one leaked gradient of the first layer per step would be 38 MB
    private const long MostMegabytes = 20;

    [Theory]
    [InlineData("trainer")]
    [InlineData("scopes")]
    [InlineData("forgotten")]
    public async Task Two_hundred_epochs_use_no_more_memory_than_fifty(string loop)
    {
        var worker = Path.Combine(AppContext.BaseDirectory, "DeepLearning.Tests.Worker.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [worker, "resident", loop])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                // 4 MB: by default, the size of the youngest generation is that of the processor's cache
                ["DOTNET_GCgen0size"] = "400000",
                ["OMP_NUM_THREADS"] = "1",
            },
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        Assert.InRange(long.Parse((await output).Split(' ')[1]), -MostMegabytes, MostMegabytes);
    }
}
