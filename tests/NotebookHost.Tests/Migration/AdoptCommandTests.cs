using NotebookHost.Notebooks;

namespace NotebookHost.Tests.Migration;

[Collection(OneAtATime.Name)]
public sealed class AdoptCommandTests : MigrationFixture
{
    [Fact]
    public async Task It_reports_and_leaves_the_file_as_it_is()
    {
        var path = Polyglot("#r \"nuget: Old.Tensors\"", "OldTensors.Tensors.Ones");
        var before = File.ReadAllText(path);

        var (code, output, error) = await Nb("old.ipynb");

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("old.ipynb\n", output, StringComparison.Ordinal);
        Assert.Contains("  change   cell 1 (", output, StringComparison.Ordinal);
        Assert.EndsWith("line 1: Everything.dll replaces Old.Tensors\n  runs after 3 changes\n", output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(path));
        Assert.Equal(["bin", "old.ipynb"], Entries());
    }

    [Fact]
    public async Task Written_changes_keep_the_first_original_beside()
    {
        var path = Polyglot("1");
        var before = File.ReadAllText(path);

        var (code, output, _) = await Nb("old.ipynb", "--write");
        Assert.Equal(0, code);
        Assert.EndsWith("2 changes applied: changed old.ipynb, saved the original as old.ipynb.orig\n", output, StringComparison.Ordinal);
        var adopted = NotebookDocument.Read(path);
        adopted.Insert(1, NotebookCell.Code("#!connect signalr"));
        adopted.Write(path);
        await Nb("old.ipynb", "--write");

        Assert.Equal(before, File.ReadAllText(path + ".orig"));
        Assert.Equal("// #!connect signalr", NotebookDocument.Read(path).Cells[1].Source);
    }

    [Fact]
    public async Task A_notebook_that_needs_no_change_is_not_written()
    {
        Plain("1");

        await Nb("old.ipynb", "--write");

        Assert.Equal(["bin", "old.ipynb"], Entries());
    }

    [Fact]
    public async Task A_dib_stays_and_an_ipynb_that_is_there_is_not_overwritten()
    {
        var dib = Folder.Write("old.dib", "#!csharp\n\n1\n");

        var (code, output, _) = await Nb("old.dib", "--write");
        Assert.Equal(0, code);
        Assert.EndsWith("1 change applied: created old.ipynb, kept old.dib\n", output, StringComparison.Ordinal);
        Assert.Equal("1", NotebookDocument.Read(Folder["old.ipynb"]).Cells[0].Source);
        File.WriteAllText(Folder["old.ipynb"], "mine");
        var again = await Nb("old.dib", "--write");

        Assert.Equal(2, again.Code);
        Assert.Equal("old.ipynb already exists and is not overwritten: move it, then run nb adopt again for old.dib.\n", again.Error);
        Assert.Equal("mine", File.ReadAllText(Folder["old.ipynb"]));
        Assert.True(File.Exists(dib));
    }

    [Fact]
    public async Task It_fails_where_a_notebook_does_not_run_even_so()
    {
        Plain("missing");

        var (code, output, _) = await Nb("old.ipynb");

        Assert.Equal(1, code);
        Assert.EndsWith("  does not run: 1 place requires a manual change\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_that_is_not_there_is_a_mistake()
    {
        Plain("1");

        var (code, _, error) = await NbProcess.RunAsync(Folder.Path, "adopt", "--library", "nowhere.dll", "old.ipynb");

        Assert.Equal((2, "There is no library nowhere.dll; build it, or specify another one with --library.\n"), (code, error));
    }

    private Task<(int Code, string Output, string Error)> Nb(params string[] arguments)
        => NbProcess.RunAsync(Folder.Path, ["adopt", "--library", "bin/Everything.dll", .. arguments]);

    private IEnumerable<string?> Entries() => Directory.EnumerateFileSystemEntries(Folder.Path).Select(Path.GetFileName).Order();
}
