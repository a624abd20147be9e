using System.Diagnostics;
using System.Globalization;
using Tests.Mpi;

namespace DeepLearning.Tests.Training;

// Distributed training: torch.distributed over MPI.
public sealed class TogetherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _other = new();

    public void Dispose()
    {
        _folder.Dispose();
        _other.Dispose();
    }

    [FactWithMpi]
    public async Task Two_processes_train_like_one_with_twice_as_many_accumulated_batches()
    {
        var alone = (await RunAsync(1, _other.Path))[0];
        var together = await RunAsync(2, _folder.Path);
        Assert.Equal(Line(together[0], "weights"), Line(together[1], "weights"));
        foreach (var (expected, actual) in Numbers(alone).Zip(Numbers(together[0])))
            Assert.Equal(expected, actual, 1e-5);
        Assert.Equal(Epochs(alone), Epochs(together[0]));
        Assert.Equal(Epochs(alone), Epochs(together[1]));
    }

    [FactWithMpi]
    public async Task Only_the_first_process_shows_progress_and_writes_files()
    {
        var together = await RunAsync(2, _folder.Path);
        Assert.Contains("progress", together[0]);
        Assert.DoesNotContain("progress", together[1]);
        Assert.Single(Directory.GetFiles(_folder.Path, "log-*.csv"));
    }

    [FactWithMpi]
    public async Task A_stop_of_one_process_stops_all_and_resumed_training_has_bit_equal_results()
    {
        var untouched = await RunAsync(2, _other.Path);
        var stopped = await RunAsync(2, _folder.Path, stopAfter: 9);
        Assert.Equal("steps 9 another process was stopped", Line(stopped[0], "steps"));
        Assert.Equal("steps 9 it has seen enough", Line(stopped[1], "steps"));
        var resumed = await RunAsync(2, _folder.Path);
        Assert.Equal(Line(untouched[0], "weights"), Line(resumed[0], "weights"));
        Assert.Equal(Line(untouched[0], "weights"), Line(resumed[1], "weights"));
        Assert.Equal(Epochs(untouched[0]), Epochs(resumed[0]));
    }

    private static string Line(string[] lines, string name) => lines.Single(line => line.StartsWith(name, StringComparison.Ordinal));

    private static IEnumerable<string> Epochs(string[] lines) => lines.Where(line => line.StartsWith("epoch", StringComparison.Ordinal));

    private static IEnumerable<double> Numbers(string[] lines) =>
        Line(lines, "weights").Split(' ').Skip(1).Select(text => double.Parse(text, CultureInfo.InvariantCulture));

    /// <summary>Returns the output of each process; one process runs without MPI.</summary>
    private static async Task<string[][]> RunAsync(int count, string folder, long stopAfter = 0)
    {
        var worker = Path.Combine(AppContext.BaseDirectory, "DeepLearning.Tests.Worker.dll");
        var program = new ProcessStartInfo("dotnet", [worker, "together", folder, $"{stopAfter}", count == 1 ? "alone" : "together"]);
        if (count > 1)
        {
            var job = (await MpiJob.RunAsync(count, program)).Succeeded();
            return [.. Enumerable.Range(0, count).Select(job.Lines)];
        }
        program.RedirectStandardOutput = true;
        program.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(program)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return [output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
