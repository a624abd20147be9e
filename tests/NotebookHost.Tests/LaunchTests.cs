using System.Diagnostics;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests;

/// <summary>The launcher as a process, and the processes that it starts.</summary>
public sealed class LaunchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_process_gets_what_torchrun_sets_and_its_lines_begin_with_its_rank()
    {
        Script("show", "echo $RANK/$WORLD_SIZE $LOCAL_RANK/$LOCAL_WORLD_SIZE $MASTER_ADDR ${MASTER_PORT:+port} $*");

        var (code, output, error) = await Nb("launch", "--nproc", "2", "show", "--epochs", "3");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            ["[0] 0/2 0/2 127.0.0.1 port --epochs 3", "[1] 1/2 1/2 127.0.0.1 port --epochs 3"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public async Task Ranks_of_the_second_host_follow_those_of_the_first()
    {
        Script("show", "echo $RANK/$WORLD_SIZE $LOCAL_RANK/$LOCAL_WORLD_SIZE $MASTER_ADDR:$MASTER_PORT");

        var (_, output, _) = await Nb(
            "launch", "--nproc", "2", "--nnodes", "3", "--node-rank", "1", "--master-addr", "10.0.0.1", "--master-port", "1234", "show");

        Assert.Equal(
            ["[2] 2/6 0/2 10.0.0.1:1234", "[3] 3/6 1/2 10.0.0.1:1234"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Theory]
    [InlineData(null, "1")]
    [InlineData("3", "3")]
    public async Task Cores_are_split_unless_the_user_has_decided(string? set, string expected)
    {
        Script("show", "echo $OMP_NUM_THREADS");

        // more processes than any machine has cores for leave one to each
        var (_, output, _) = await NbWith(set, "launch", "--nproc", $"{(set is null ? Environment.ProcessorCount : 1)}", "show");

        Assert.Contains($"[0] {expected}\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_one_fails_the_others_are_ended_and_the_rank_is_named()
    {
        Script("work", "if [ $RANK = 1 ]; then echo broken >&2; exit 7; fi; exec sleep 1000");

        var (code, _, error) = await Nb("launch", "--nproc", "3", "work");

        Assert.Equal(7, code);
        Assert.Equal("[1] broken\nRank 1 failed with exit code 7; the others on this host were ended.\n", error);
    }

    [Fact]
    public async Task A_killed_process_is_named_with_its_signal()
    {
        Script("work", "[ $RANK = 0 ] && kill -KILL $$; exec sleep 1000");

        var (code, _, error) = await Nb("launch", "--nproc", "2", "work");

        Assert.Equal(137, code);
        Assert.Equal("Rank 0 was ended by signal 9; the others on this host were ended.\n", error);
    }

    [Fact]
    public async Task A_process_that_does_not_end_when_asked_is_killed()
    {
        Script("work", "trap '' TERM; echo $$ >pid-$RANK; if [ $RANK = 1 ]; then exit 7; fi; while :; do sleep 1; done");

        var (code, _, _) = await Nb("launch", "--nproc", "2", "work");

        Assert.Equal(7, code);
        var stubborn = int.Parse(await File.ReadAllTextAsync(_folder["pid-0"]), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(stubborn));
    }

    [Fact]
    public async Task Ctrl_C_ends_all_of_them()
    {
        Script("work", "echo ready; exec sleep 1000");
        using var process = Start(null, "launch", "--nproc", "2", "work");
        for (var line = 0; line < 2; line++)
            Assert.EndsWith("ready", await process.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);

        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();

        Assert.Equal(130, process.ExitCode);
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
    }

    [Fact]
    public async Task A_notebook_runs_in_each_process_and_leaves_a_copy_of_each()
    {
        NotebookDocument.Create(NotebookCell.Code("Console.WriteLine($\"I am {Environment.GetEnvironmentVariable(\"RANK\")}\");"))
            .Write(_folder["n.ipynb"]);

        var (code, output, error) = await Nb("launch", "--nproc", "2", "n.ipynb");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("[1]       I am 1\n", output, StringComparison.Ordinal);
        Assert.Contains("I am 0", File.ReadAllText(_folder["artifacts/notebooks/rank-0/n.ipynb"]), StringComparison.Ordinal);
        Assert.Contains("I am 1", File.ReadAllText(_folder["artifacts/notebooks/rank-1/n.ipynb"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_csharp_file_is_compiled_once_and_run_by_each()
    {
        await File.WriteAllTextAsync(
            _folder["app.cs"], "Console.WriteLine($\"{Environment.GetEnvironmentVariable(\"RANK\")} {string.Join(' ', args)}\");");

        var (code, output, error) = await Nb("launch", "--nproc", "2", "app.cs", "--lr", "0.1");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(["[0] 0 --lr 0.1", "[1] 1 --lr 0.1"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public async Task A_csharp_file_that_does_not_compile_is_exit_code_2_with_the_compilers_words()
    {
        await File.WriteAllTextAsync(_folder["app.cs"], "int x = \"no\";");

        var (code, _, error) = await Nb("launch", "--nproc", "2", "app.cs");

        Assert.Equal(2, code);
        Assert.StartsWith("app.cs does not compile:\n", error, StringComparison.Ordinal);
        Assert.Contains("CS0029", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no file nosuch.", "--nproc", "2", "nosuch")]
    [InlineData("--nproc must be at least 1. See: nb --help", "--nproc", "0", "plain")]
    [InlineData("plain is no notebook, no .cs, no .dll, and not executable.", "--nproc", "2", "plain")]
    [InlineData("--node-rank is 2, but the last of 2 is 1.", "--nproc", "2", "--nnodes", "2", "--node-rank", "2", "plain")]
    [InlineData("With --nnodes, --master-addr must say how the others reach host 0.", "--nproc", "2", "--nnodes", "2", "plain")]
    public async Task What_cannot_be_started_is_exit_code_2_with_one_sentence(string expected, params string[] arguments)
    {
        await File.WriteAllTextAsync(_folder["plain"], "text");

        var (code, output, error) = await Nb(["launch", .. arguments]);

        Assert.Equal((2, "", expected + "\n"), (code, output, error));
    }

    private void Script(string name, string body)
    {
        File.WriteAllText(_folder[name], $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private Task<(int Code, string Output, string Error)> Nb(params string[] arguments) => NbWith(null, arguments);

    private async Task<(int Code, string Output, string Error)> NbWith(string? threads, params string[] arguments)
    {
        using var process = Start(threads, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private Process Start(string? threads, params string[] arguments)
    {
        var program = Path.Combine(RepositoryRoot(), "artifacts", "nb", "NotebookHost.dll");
        // what a shell starts in the background ignores Ctrl+C, and so would what these tests start
        var start = new ProcessStartInfo("env", ["--default-signal=INT,QUIT", "dotnet", program, .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_NUM_THREADS"] = threads;
        return Process.Start(start)!;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
