using System.Diagnostics;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests;

/// <summary>The real process: arguments, exit codes, what lands on which stream.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_notebooks_of_the_folder_run_when_none_is_named()
    {
        Write("notebooks/01-a.ipynb", "Console.WriteLine(\"from a\");\n\"result\"");
        Write("notebooks/02-b.ipynb", "2");

        var (code, output, error) = await Nb("run");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("01-a.ipynb\n  cell 1/1  Console.WriteLine(\"from a\");\n      from a\n      result\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', output);
        Assert.True(File.Exists(_folder["artifacts/notebooks/01-a.ipynb"]));
        Assert.Contains("02-b.ipynb", File.ReadAllText(_folder["artifacts/notebooks/index.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OMPI_COMM_WORLD_RANK")]
    [InlineData("PMI_RANK")]
    [InlineData("SLURM_PROCID")]
    public async Task Each_process_that_a_launcher_starts_writes_copies_into_a_folder_of_its_own(string variable)
    {
        Write("a.ipynb", "1");

        var (code, _, _) = await NbProcess.RunAsync(_folder.Path, [(variable, "1")], "run", "a.ipynb");

        Assert.Equal(0, code);
        Assert.True(File.Exists(_folder["artifacts/notebooks/rank-1/a.ipynb"]));
    }

    [Fact]
    public async Task A_failing_cell_is_exit_code_1_and_named_and_the_other_notebooks_run()
    {
        Write("a.ipynb", "var x = 1;", "// so\nthrow new InvalidOperationException(\"no\");");
        Write("b.ipynb", "\"b ran\"");

        var (code, output, _) = await Nb("run", "a.ipynb", "b.ipynb", "--out", "results");

        Assert.Equal(1, code);
        Assert.Contains("b ran", output, StringComparison.Ordinal);
        Assert.EndsWith("a.ipynb: cell 2, line 2: InvalidOperationException: no\n", output, StringComparison.Ordinal);
        Assert.Contains("cell 2, line 2", File.ReadAllText(_folder["results/index.html"]), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["results/b.ipynb"]));
    }

    [Fact]
    public async Task Folders_globs_and_parameters_are_understood()
    {
        Write("set/a.ipynb", "1");
        var notebook = NotebookDocument.Create(NotebookCell.Code("var epochs = 1;", "parameters"), NotebookCell.Code("$\"{epochs} epochs\""));
        notebook.Write(_folder["set/b.ipynb"]);

        var (code, output, _) = await Nb("run", "set", "-p", "epochs=7");
        Assert.Equal(0, code);
        Assert.Contains("7 epochs", output, StringComparison.Ordinal);

        (code, output, _) = await Nb("run", "s*/b*.ipynb", "-p", "epochs=8");
        Assert.Equal(0, code);
        Assert.Contains("8 epochs", output, StringComparison.Ordinal);
        Assert.DoesNotContain("a.ipynb", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The notebook nowhere.ipynb does not exist.", "run", "nowhere.ipynb")]
    [InlineData("No notebook matches *.none.", "run", "*.none")]
    [InlineData("-p takes name=value, not 'x'. See: nb --help", "run", "-p", "x")]
    [InlineData("n.ipynb has no cell with the tag 'parameters', so -p x=… has no effect.", "run", "n.ipynb", "-p", "x=1")]
    [InlineData("The copy of n.ipynb would replace the notebook; specify another folder with --out.", "run", "n.ipynb", "--out", ".")]
    [InlineData("bad.ipynb has no list of 'cells'.", "run", "bad.ipynb")]
    [InlineData("The folder folder.ipynb contains no notebooks.", "run", "folder.ipynb")]
    [InlineData("fsharp.ipynb is a notebook in F#; only C# notebooks run here.", "run", "fsharp.ipynb")]
    [InlineData("There is no command rnu. Did you mean run? See: nb --help", "rnu")]
    [InlineData("$/bad.ipynb is a file; specify a folder for the results.", "run", "n.ipynb", "--out", "bad.ipynb")]
    [InlineData("Cannot write to $/bad.ipynb/results: $/bad.ipynb is a file; specify another folder.", "run", "n.ipynb", "--out", "bad.ipynb/results")]
    [InlineData("folder.ipynb is a folder; specify a file.", "run", "n.ipynb", "--trx", "folder.ipynb")]
    [InlineData("There is no option '--frob'. See: nb --help", "run", "--frob")]
    [InlineData("--timeout takes a number of seconds, more than 0 and at most 4000000, not '0'. See: nb --help", "run", "--timeout", "0")]
    [InlineData("--notebook-timeout takes a number of seconds, more than 0 and at most 4000000, not '1m'. See: nb --help", "run", "--notebook-timeout", "1m")]
    [InlineData("--jobs takes a number from 1, not '0'. See: nb --help", "run", "--jobs", "0")]
    [InlineData("The page of index.ipynb would replace the list of notebooks, index.html; rename the notebook.", "run", "index.ipynb", "--html")]
    public async Task A_usage_error_is_one_sentence_and_exit_code_2(string message, params string[] arguments)
    {
        Write("n.ipynb", "1");
        Write("index.ipynb", "1");
        _folder.Write("bad.ipynb", """{"nbformat": 4, "nbformat_minor": 5}""");
        _folder.Write("fsharp.ipynb", FSharp);
        Directory.CreateDirectory(_folder["folder.ipynb"]);

        var (code, output, error) = await Nb(arguments);

        Assert.Equal((2, "", message + "\n"), (code, output, error.Replace(_folder.Path, "$", StringComparison.Ordinal)));
    }

    [TheoryOnLinux]
    [InlineData("Cannot write to /proc/nope: it cannot be created; specify another folder.", "run", "n.ipynb", "--out", "/proc/nope")]
    [InlineData("Cannot write to /proc: it cannot be created; specify another folder.", "run", "n.ipynb", "--junit", "/proc/report.xml")]
    [InlineData("Cannot write to /proc/nope: it cannot be created; specify another folder.", "export", "n.ipynb", "--to", "md", "--out", "/proc/nope")]
    public Task A_folder_that_the_system_refuses_is_one_sentence(string message, params string[] arguments)
        => A_usage_error_is_one_sentence_and_exit_code_2(message, arguments);

    [Fact]
    public async Task Notebooks_of_other_languages_do_not_keep_the_others_from_running()
    {
        Write("good.ipynb", "\"good ran\"");
        _folder.Write("fsharp.ipynb", FSharp);
        _folder.Write("broken.ipynb", "{");

        var (code, output, _) = await Nb("run", "good.ipynb", "fsharp.ipynb", "broken.ipynb");

        Assert.Equal(1, code);
        Assert.Contains("good ran\n", output, StringComparison.Ordinal);
        Assert.Contains("1 of 3 notebooks completed", output, StringComparison.Ordinal);
        Assert.Contains("\nfsharp.ipynb is a notebook in F#; only C# notebooks run here.\nbroken.ipynb is not valid JSON", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_without_code_is_of_every_language()
    {
        _folder.Write("prose.ipynb", FSharp.Replace("let x = 1", "", StringComparison.Ordinal));

        var (code, output, _) = await Nb("run", "prose.ipynb");

        Assert.Equal(0, code);
        Assert.Contains("1 of 1 notebook completed", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("for (var i = 0; i < 100_000; i++) Console.WriteLine(new string('x', 100));")]
    [InlineData("for (var i = 0; i < 1_000_000; i++) Console.Write(\"xxxxxxxxxx\");")]
    [InlineData("for (var i = 0; i < 5_000; i++) display(\"x\\n\");")]
    public async Task Endless_output_is_capped_on_the_console(string cell)
    {
        Write("n.ipynb", cell);

        var (code, output, _) = await Nb("run", "n.ipynb");

        Assert.Equal(0, code);
        Assert.InRange(output.Length, 1000, 200_000);
        Assert.Contains("      … the rest of this cell's text is only in the executed copy\n", output, StringComparison.Ordinal);
        Assert.True(new FileInfo(_folder["artifacts/notebooks/n.ipynb"]).Length > output.Length);
    }

    [Fact]
    public async Task Help_names_the_command_and_its_options()
    {
        var (code, output, _) = await Nb("run", "--help");

        Assert.Equal(0, code);
        Assert.Contains("nb run [<notebook>...] [options]", output, StringComparison.Ordinal);
        Assert.Contains("--out <folder>", output, StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task A_polite_kill_ends_a_runaway_cell_and_the_copy_says_so()
    {
        Write("n.ipynb", "Console.WriteLine(\"spinning\");\nwhile (true) { }");
        using var process = Start("run", "n.ipynb", "--out", "results");
        while (await process.StandardOutput.ReadLineAsync() is { } line && line.Trim() != "spinning")
        {
        }

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        var rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(143, process.ExitCode);
        Assert.EndsWith("n.ipynb: interrupted in cell 1\n", rest, StringComparison.Ordinal);
        Assert.Contains("Interrupted", File.ReadAllText(_folder["results/n.ipynb"]), StringComparison.Ordinal);
    }

    private const string FSharp = """
        {"cells": [{"cell_type": "code", "execution_count": null, "id": "a", "metadata": {}, "outputs": [], "source": "let x = 1"}],
         "metadata": {"kernelspec": {"display_name": ".NET (F#)", "language": "F#", "name": ".net-fsharp"}}, "nbformat": 4, "nbformat_minor": 5}
        """;

    private void Write(string name, params string[] cells)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        NotebookDocument.Create(cells.Select(cell => NotebookCell.Code(cell))).Write(_folder[name]);
    }

    private async Task<(int Code, string Output, string Error)> Nb(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private Process Start(params string[] arguments)
    {
        var program = Path.Combine(RepositoryRoot(), "artifacts", "nb", "NotebookHost.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
