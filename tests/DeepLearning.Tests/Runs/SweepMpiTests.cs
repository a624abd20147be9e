using System.Diagnostics;
using Tests.Mpi;

namespace DeepLearning.Tests.Runs;

// A sweep in processes of mpirun: one of them trains each run, and all get all results.
public sealed class SweepMpiTests : IDisposable
{
    private const int Runs = 6;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _alone = new();

    public void Dispose()
    {
        _folder.Dispose();
        _alone.Dispose();
    }

    [TheoryWithMpi]
    [InlineData("plain")]
    [InlineData("initialized")]
    public async Task Ranks_share_the_runs_with_results_bit_equal_to_one_process(string mode)
    {
        var alone = (await RunAsync(1, _alone.Path, "plain")).Lines(0);
        var job = await RunAsync(3, _folder.Path, mode);
        var trained = Enumerable.Range(0, 3).Select(rank => (int)job.Numbers(rank, "trained")[0]).ToList();
        Assert.Equal(Runs, trained.Sum());
        Assert.All(trained, count => Assert.InRange(count, 1, Runs - 2));
        for (var rank = 0; rank < 3; rank++)
        {
            Assert.Contains("result 6 runs: 6 finished", job.Lines(rank));
            Assert.Equal(Epochs(alone), Epochs(job.Lines(rank)));
        }
    }

    private static IEnumerable<string> Epochs(string[] lines) => lines.Where(line => line.StartsWith("epochs ", StringComparison.Ordinal));

    private static async Task<MpiJobResult> RunAsync(int processes, string folder, string mode)
    {
        var worker = Path.Combine(AppContext.BaseDirectory, "DeepLearning.Tests.Worker.dll");
        var job = await MpiJob.RunAsync(processes, new ProcessStartInfo("dotnet", [worker, "sweep-rank", folder, $"{processes}", mode]));
        return job.Succeeded();
    }
}
