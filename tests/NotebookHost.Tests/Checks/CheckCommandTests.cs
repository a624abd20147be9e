using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests.Checks;

/// <summary>nb strip and nb check as processes: exit codes, and what lands where.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_library_that_several_notebooks_miss_is_one_problem()
    {
        foreach (var name in (string[])["a.ipynb", "b.ipynb", "c.ipynb"])
            NotebookDocument.Create(NotebookCell.Code("#r \"bin/Nowhere.dll\"\nusing Nowhere;"), NotebookCell.Code("Call();")).Write(_folder[name]);
        NotebookDocument.Create(NotebookCell.Code("#r \"bin/Other.dll\"")).Write(_folder["d.ipynb"]);

        var (code, output, _) = await NbProcess.RunAsync(_folder.Path, "check", ".");

        Assert.Equal(1, code);
        Assert.Equal(3, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("line 1: The library bin/Nowhere.dll is missing; build it first; its cells were not compiled (as in 2 other notebooks)\n", output, StringComparison.Ordinal);
        Assert.EndsWith("4 notebooks checked, 2 problems\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_counts_the_cells_after_the_first()
    {
        NotebookDocument.Create(NotebookCell.Code("int i = 1;"), NotebookCell.Code("i++;"), NotebookCell.Code("i")).Write(_folder["a.ipynb"]);

        var (code, output, _) = await NbProcess.RunAsync(_folder.Path, "check", "--times", "a.ipynb");

        Assert.Equal(0, code);
        Assert.Matches(@"\A1 notebook checked, no problem\nanalysis of 2 cells: median [0-9.]+ ms, 95th percentile [0-9.]+ ms, maximum [0-9.]+ ms \(.*a\.ipynb, cell [23].*\); first cell [0-9]+ ms\n\z", output);
    }

    [Fact]
    public async Task Strip_check_names_what_would_change_and_strip_changes_it_once()
    {
        Executed("a.ipynb");
        NotebookDocument.Create(NotebookCell.Code("1")).Write(_folder["b.ipynb"]);
        _folder.Write("c.dib", "#!csharp\n1");
        var before = File.ReadAllText(_folder["a.ipynb"]);

        Assert.Equal((1, "./a.ipynb would change\n", ""), await NbProcess.RunAsync(_folder.Path, "strip", "--check", "."));
        Assert.Equal(before, File.ReadAllText(_folder["a.ipynb"]));
        Assert.Equal((0, "./a.ipynb stripped\n", ""), await NbProcess.RunAsync(_folder.Path, "strip", "."));
        Assert.Equal((0, "", ""), await NbProcess.RunAsync(_folder.Path, "strip", "."));
        Assert.Empty(NotebookDocument.Read(_folder["a.ipynb"]).Cells[0].Outputs);
    }

    [Fact]
    public async Task Strip_leaves_all_as_they_are_when_one_cannot_be_read()
    {
        Executed("a.ipynb");
        var before = File.ReadAllText(_folder["a.ipynb"]);
        _folder.Write("b.ipynb", "{");

        var (code, output, error) = await NbProcess.RunAsync(_folder.Path, "strip", "a.ipynb", "b.ipynb");

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("b.ipynb is not valid JSON", error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_folder["a.ipynb"]));
    }

    [Fact]
    public async Task Check_lists_the_problems_of_all_notebooks_and_exits_with_1()
    {
        Directory.CreateDirectory(_folder["notebooks"]);
        NotebookDocument.Create(NotebookCell.Code("missing")).Write(_folder["notebooks/a.ipynb"]);
        NotebookDocument.Create(NotebookCell.Markdown($"See {_folder.Path}/data.")).Write(_folder["notebooks/b.ipynb"]);

        var (code, output, error) = await NbProcess.RunAsync(_folder.Path, "check");

        Assert.Equal((1, ""), (code, error));
        Assert.Matches(@"^notebooks/a\.ipynb: cell 1 \(\w+\), line 1: CS0103: .*\n", output);
        Assert.Matches(@"\nnotebooks/b\.ipynb: markdown cell 1 \(\w+\): '.*' is a path on this machine; .*\n", output);
        Assert.EndsWith("\n2 notebooks checked, 2 problems\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_of_sound_notebooks_says_so_in_one_line()
    {
        NotebookDocument.Create(NotebookCell.Code("1")).Write(_folder["a.ipynb"]);

        Assert.Equal((0, "1 notebook checked, no problem\n", ""), await NbProcess.RunAsync(_folder.Path, "check", "a.ipynb"));
    }

    private void Executed(string name)
    {
        var cell = NotebookCell.Code("1");
        cell.ExecutionCount = 1;
        cell.Outputs.Add((JsonNode)new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "x" });
        NotebookDocument.Create(cell).Write(_folder[name]);
    }
}
