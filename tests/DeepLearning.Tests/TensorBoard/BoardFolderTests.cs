using BoardHost;
using TorchSharp.TensorBoard;

namespace DeepLearning.Tests.TensorBoard;

public sealed class BoardFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    public BoardFolderTests()
    {
        Directory.CreateDirectory(_folder["here"]);
        Directory.CreateDirectory(_folder["temporary"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_in_the_current_folder_come_before_those_of_the_notebooks_and_of_temporary_folders()
    {
        Write("temporary/runs-a");
        Assert.Equal(_folder["temporary/runs-a"], Find());
        Write("here/notebooks/runs");
        Assert.Equal(Path.Combine("notebooks", "runs"), Find());
        Write("here/runs");
        Assert.Equal("runs", Find());
    }

    [Fact]
    public void The_newest_of_the_temporary_folders_is_used()
    {
        Write("temporary/runs-new");
        Write("temporary/runs-old");
        Write("temporary/other");
        foreach (var file in Directory.EnumerateFiles(_folder["temporary/runs-old"], "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-1));

        Assert.Equal(_folder["temporary/runs-new"], Find());
        Assert.Contains(_said, line => line.Contains("2 found; the newest is shown", StringComparison.Ordinal));
    }

    [Fact]
    public void If_no_runs_are_found_all_searched_folders_are_named()
    {
        Directory.CreateDirectory(_folder["here/runs"]);

        Assert.Equal("runs", Find());
        Assert.Contains("  runs: none found", _said);
        Assert.Contains($"  {Path.Combine("notebooks", "runs")}: does not exist", _said);
        Assert.Contains($"  {Path.Combine(_folder["temporary"], "runs-*")}: none found", _said);
    }

    private string Find() => BoardFolder.Find(_folder["here"], _folder["temporary"], _said.Add);

    private void Write(string folder)
    {
        using var writer = new SummaryWriter(Path.Combine(_folder[folder], "first"));
        writer.add_scalar("loss", 1, 1);
    }
}
