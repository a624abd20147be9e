using System.Diagnostics;
using NotebookHost.Notebooks;
using NotebookHost.Running;
using NotebookHost.Sessions;

namespace NotebookHost.Tests;

/// <summary>The processes that a notebook starts end with it, however it ends.</summary>
public sealed class ProcessTreeTests : IDisposable
{
    // a child, and a child of the child that outlives its parent
    private const string StartChildren = """
        var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", ["-c", "sleep 1000 & echo $!"]) { RedirectStandardOutput = true });
        var orphan = shell.StandardOutput.ReadLine();
        var child = System.Diagnostics.Process.Start("sleep", "1000");
        Console.WriteLine($"begun {Environment.ProcessId} {child.Id} {orphan}");
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TheoryOnUnix]
    [InlineData("1")]
    [InlineData("Environment.Exit(3);")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill(); System.Threading.Thread.Sleep(-1);")]
    public async Task They_end_with_the_notebook(string end)
    {
        var result = await new NotebookRunner(new NotebookRunOptions { Isolation = Isolation.Process }).RunAsync(Write(StartChildren, end));

        await EndedAsync(Ids(result));
    }

    [FactOnUnix]
    public async Task They_end_when_a_limit_is_exceeded()
    {
        var time = new TimeIsUp();
        var options = new NotebookRunOptions { Isolation = Isolation.Process, CellLimit = TimeSpan.FromSeconds(7), Grace = TimeSpan.FromSeconds(5), Time = time };

        var result = await new NotebookRunner(options, new AtText("begun", time.Now)).RunAsync(Write(StartChildren + "\nchild.WaitForExit();"));

        Assert.Contains("CellTimeLimit", result.Failure, StringComparison.Ordinal);
        await EndedAsync(Ids(result));
    }

    [TheoryOnUnix]
    [InlineData("child.WaitForExit();")]
    [InlineData("while (true) { }")]
    public async Task They_end_when_the_runner_is_killed(string end)
    {
        Write(StartChildren + "\nSystem.IO.File.WriteAllText(\"ids\", $\"{Environment.ProcessId} {child.Id} {orphan}\");\nSystem.IO.File.Move(\"ids\", \"all-ids\");\n" + end);
        using var runner = NbProcess.Start(_folder.Path, "run", "n.ipynb", "--out", "out");
        while (!File.Exists(_folder["all-ids"]))
            await Task.Delay(20);

        runner.Kill();

        await EndedAsync(File.ReadAllText(_folder["all-ids"]).Split(' ').Select(int.Parse));
    }

    private static async Task EndedAsync(IEnumerable<int> ids)
    {
        foreach (var id in ids)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                await process.WaitForExitAsync();
            }
            catch (ArgumentException)
            {
                // it has ended
            }
        }
    }

    private static IEnumerable<int> Ids(NotebookResult result)
        => result.Document.Cells[0].Outputs[0]!["text"]![0]!.GetValue<string>().Split(' ')[1..].Select(int.Parse);

    private string Write(params string[] cells)
    {
        NotebookDocument.Create(cells.Select(cell => NotebookCell.Code(cell))).Write(_folder["n.ipynb"]);
        return _folder["n.ipynb"];
    }

    private sealed class AtText(string awaited, Action then) : IRunReport
    {
        public void Text(ConsoleChannel channel, string text)
        {
            if (text.Contains(awaited, StringComparison.Ordinal))
                then();
        }
    }
}
