using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DeepLearning.Tests.Training;

// Several processes, each training its share: torch.distributed over Gloo.
public sealed class TogetherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _other = new();

    public void Dispose()
    {
        _folder.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Two_processes_train_as_one_that_accumulates_twice_as_many_batches()
    {
        var alone = (await RunAsync(1, _other.Path))[0];
        var together = await RunAsync(2, _folder.Path);
        Assert.Equal(Line(together[0], "weights"), Line(together[1], "weights"));
        foreach (var (expected, actual) in Numbers(alone).Zip(Numbers(together[0])))
            Assert.Equal(expected, actual, 1e-5);
        Assert.Equal(Epochs(alone), Epochs(together[0]));
        Assert.Equal(Epochs(alone), Epochs(together[1]));
    }

    [Fact]
    public async Task The_first_process_alone_shows_and_writes()
    {
        var together = await RunAsync(2, _folder.Path);
        Assert.Contains("progress", together[0]);
        Assert.DoesNotContain("progress", together[1]);
        Assert.Single(Directory.GetFiles(_folder.Path, "log-*.csv"));
    }

    [Fact]
    public async Task One_that_stops_stops_all_and_they_go_on_together_to_the_same_bits()
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

    /// <summary>What each process has said.</summary>
    private static Task<string[][]> RunAsync(int count, string folder, long stopAfter = 0)
    {
        var port = FreePort();
        return Task.WhenAll(Enumerable.Range(0, count).Select(async rank =>
        {
            var worker = Path.Combine(AppContext.BaseDirectory, "DeepLearning.Tests.Worker.dll");
            var start = new ProcessStartInfo("dotnet", [worker, "together", folder, $"{stopAfter}"]) { RedirectStandardOutput = true };
            start.Environment["OMP_NUM_THREADS"] = "1";
            if (count > 1)
            {
                start.Environment["MASTER_ADDR"] = "127.0.0.1";
                start.Environment["MASTER_PORT"] = $"{port}";
                start.Environment["RANK"] = $"{rank}";
                start.Environment["WORLD_SIZE"] = $"{count}";
            }
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }));
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
