using NotebookHost.Notebooks;
using NotebookHost.Running;

namespace NotebookHost.Tests;

/// <summary>Writing outputs back into the notebook, and quick tries.</summary>
[Collection(OneAtATime.Name)]
public sealed class SaveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_notebook_that_ran_to_its_end_takes_its_outputs_and_runs_on_to_the_same_file()
    {
        Write("n.ipynb", "Console.WriteLine(\"out\");", "2 + 2");

        Assert.Null((await RunAsync("n.ipynb")).SaveProblem);

        var saved = File.ReadAllText(_folder["n.ipynb"]);
        Assert.Contains("\"out\\n\"", saved, StringComparison.Ordinal);
        Assert.Contains("\"text/plain\"", saved, StringComparison.Ordinal);
        await RunAsync("n.ipynb");
        Assert.Equal(saved, File.ReadAllText(_folder["n.ipynb"]));
    }

    [Fact]
    public async Task A_notebook_that_fails_stays_as_it_is()
    {
        Write("n.ipynb", "1", "throw new Exception(\"no\");");
        var before = File.ReadAllText(_folder["n.ipynb"]);

        Assert.Equal(RunStatus.Failed, (await RunAsync("n.ipynb")).Status);

        Assert.Equal(before, File.ReadAllText(_folder["n.ipynb"]));
    }

    [Fact]
    public async Task What_was_written_meanwhile_is_not_replaced()
    {
        Write("n.ipynb", "System.IO.File.WriteAllText(\"n.ipynb\", System.IO.File.ReadAllText(\"n.ipynb\").Replace(\"WriteAllText\", \"Edited\"));");

        var result = await RunAsync("n.ipynb");

        Assert.Equal("n.ipynb was changed during the run and is not overwritten; run it again to save its outputs", result.SaveProblem);
        Assert.Contains("Edited", File.ReadAllText(_folder["n.ipynb"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_of_other_settings_are_not_saved()
    {
        Write("n.ipynb", "1");
        var options = new BatchOptions([_folder["n.ipynb"]], _folder["out"]) { Run = new NotebookRunOptions { SavesSource = true } };

        Assert.Throws<RunUsageException>(() => NotebookBatch.Load(options with { Smoke = true }));
        Assert.Throws<RunUsageException>(() => NotebookBatch.Load(options with { Parameters = [KeyValuePair.Create("x", "1")] }));
    }

    [Fact]
    public async Task A_quick_try_takes_the_smoke_settings_and_what_is_asked_for_comes_first()
    {
        var parameters = NotebookCell.Code("var epochs = 10;\nvar rate = 0.1;\nvar names = new[] { \"a\" };", "parameters");
        parameters.Metadata["smoke"] = System.Text.Json.Nodes.JsonNode.Parse("""{"epochs": 1, "rate": 0.5, "names": ["b", "c"]}""");
        NotebookDocument.Create(parameters, NotebookCell.Code("$\"{epochs} {rate} {string.Join('+', names)}\"")).Write(_folder["n.ipynb"]);

        var batch = NotebookBatch.Load(new BatchOptions([_folder["n.ipynb"]], _folder["out"])
        {
            Smoke = true,
            Parameters = [KeyValuePair.Create("rate", "0.25")],
            Run = new NotebookRunOptions(),
        });
        var result = Assert.Single(await batch.RunAsync());

        Assert.Equal("1 0.25 b+c", MultilineText.Join(result.Document.CodeCells.Last().Outputs[0]!["data"]!["text/plain"]));
    }

    private Task<NotebookResult> RunAsync(string name)
        => new NotebookRunner(new NotebookRunOptions { SavesSource = true }).RunAsync(_folder[name]);

    private void Write(string name, params string[] cells)
        => NotebookDocument.Create(cells.Select(cell => NotebookCell.Code(cell))).Write(_folder[name]);
}
