using System.Text.Json.Nodes;
using NotebookHost.Notebooks;
using NotebookHost.Running;

namespace NotebookHost.Tests;

[Collection(OneAtATime.Name)]
public sealed class RunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Cells_run_in_order_and_the_copy_holds_their_outputs()
    {
        var path = Write("n", NotebookCell.Markdown("# t"), NotebookCell.Code("Console.Write(1);\nConsole.Write(2);\nConsole.Error.Write(3);"), NotebookCell.Code(" "), NotebookCell.Code("4"));
        var before = File.ReadAllText(path);

        var result = await new NotebookRunner(new NotebookRunOptions { OutputFolder = _folder["out"] }).RunAsync(path);

        Assert.Equal(RunStatus.Succeeded, result.Status);
        Assert.Equal((2, 2), (result.CellsRun, result.CellCount));
        var copy = NotebookDocument.Read(result.CopyPath!);
        Assert.Equal([1, null, 2], copy.CodeCells.Select(cell => cell.ExecutionCount));
        Assert.Equal(
            """[{"name":"stdout","output_type":"stream","text":["12"]},{"name":"stderr","output_type":"stream","text":["3"]}]""",
            copy.Cells[1].Outputs.ToJsonString());
        Assert.Equal(
            """[{"data":{"text/plain":["4"]},"execution_count":2,"metadata":{},"output_type":"execute_result"}]""",
            copy.Cells[3].Outputs.ToJsonString());
        Assert.Equal(before, File.ReadAllText(path));
        Assert.Equal(".net-csharp", copy.Metadata["kernelspec"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_cells_timings_stand_in_the_copy()
    {
        var time = new FixedTime(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2)));

        var result = await new NotebookRunner(new NotebookRunOptions { Time = time }).RunAsync(Write("n", NotebookCell.Code("1")));

        Assert.Equal(
            """{"iopub.execute_input":"2026-01-02T01:04:05.678000Z","shell.execute_reply":"2026-01-02T01:04:05.678000Z"}""",
            result.Document.Cells[0].Metadata["execution"]!.ToJsonString());
    }

    [Fact]
    public async Task A_failing_cell_ends_the_notebook_and_stands_in_the_copy()
    {
        var path = Write("n", NotebookCell.Code("1"), NotebookCell.Code("\nmissing"), NotebookCell.Code("3"));
        var stale = NotebookDocument.Read(path);
        stale.Cells[2].Outputs.Add(new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "old" });
        stale.Write(path);

        var result = await new NotebookRunner(new NotebookRunOptions { OutputFolder = _folder["out"] }).RunAsync(path);

        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.Equal("n.ipynb: cell 2, line 2: CS0103: The name 'missing' does not exist in the current context", result.Failure);
        var copy = NotebookDocument.Read(result.CopyPath!);
        var error = copy.Cells[1].Outputs[0]!;
        Assert.Equal("error", error["output_type"]!.GetValue<string>());
        Assert.Equal("CS0103", error["ename"]!.GetValue<string>());
        Assert.Equal("The name 'missing' does not exist in the current context", error["evalue"]!.GetValue<string>());
        Assert.Equal(3, error["traceback"]!.AsArray().Count);
        Assert.Empty(copy.Cells[2].Outputs);
        Assert.Null(copy.Cells[2].ExecutionCount);
    }

    [Fact]
    public async Task An_update_changes_the_output_of_the_earlier_cell()
    {
        var path = Write("n", NotebookCell.Code("var shown = display(\"start\");\nConsole.Write(\"after\");"), NotebookCell.Code("shown.Update(\"end\");"));

        var result = await new NotebookRunner().RunAsync(path);

        Assert.Equal(
            """[{"data":{"text/plain":["end"]},"metadata":{},"output_type":"display_data"},{"name":"stdout","output_type":"stream","text":["after"]}]""",
            result.Document.Cells[0].Outputs.ToJsonString());
        Assert.Empty(result.Document.Cells[1].Outputs);
        Assert.Null(result.CopyPath);
    }

    [Fact]
    public async Task Parameters_are_set_in_a_cell_of_their_own()
    {
        var path = Write("n", Parameters, NotebookCell.Code("(rate, epochs, big, name, deep)"));

        var result = await new NotebookRunner().RunAsync(path, new Dictionary<string, string>
        {
            ["rate"] = "1e-3",
            ["epochs"] = "-5",
            ["big"] = "3000000000",
            ["name"] = "a \"b\" \\ c",
            ["deep"] = "True",
        });

        Assert.Equal(RunStatus.Succeeded, result.Status);
        var injected = result.Document.Cells[1];
        Assert.Equal(["injected-parameters"], injected.Tags);
        Assert.Equal(
            "double rate = 0.001;\nint epochs = -5;\nlong big = 3000000000L;\nstring name = \"a \\\"b\\\" \\\\ c\";\nbool deep = true;",
            injected.Source);
        Assert.Equal("""(0.001, -5, 3000000000, a "b" \ c, True)""", result.Document.Cells[2].Outputs[0]!["data"]!["text/plain"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Parameters_of_an_earlier_run_are_replaced()
    {
        var runner = new NotebookRunner(new NotebookRunOptions { OutputFolder = _folder["out"] });
        var first = await runner.RunAsync(Write("n", Parameters), [KeyValuePair.Create("epochs", "5")]);

        var second = await new NotebookRunner().RunAsync(first.CopyPath!, [KeyValuePair.Create("epochs", "6")]);

        Assert.Equal(["int epochs = 6;"], second.Document.CodeCells.Skip(1).Select(cell => cell.Source));
    }

    [Theory]
    [InlineData("lr", "1", "n.ipynb has no parameter 'lr'; its parameters cell declares rate, epochs, big, name, deep, sizes.")]
    [InlineData("epochs", "1.5", "n.ipynb: '1.5' is not a valid int for parameter 'epochs'.")]
    [InlineData("rate", "0,5", "n.ipynb: '0,5' is not a valid double for parameter 'rate'.")]
    [InlineData("deep", "yes", "n.ipynb: 'yes' is not a valid bool for parameter 'deep'.")]
    [InlineData("sizes", "1,x", "n.ipynb: '1,x' is not a valid int[] for parameter 'sizes'.")]
    public async Task A_parameter_that_does_not_fit_is_refused(string name, string value, string message)
    {
        var path = Write("n", Parameters);

        var error = await Assert.ThrowsAsync<RunUsageException>(() => new NotebookRunner().RunAsync(path, [KeyValuePair.Create(name, value)]));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public async Task A_parameter_for_a_notebook_without_any_is_refused()
    {
        var path = Write("n", NotebookCell.Code("1"));

        var error = await Assert.ThrowsAsync<RunUsageException>(() => new NotebookRunner().RunAsync(path, [KeyValuePair.Create("x", "1")]));

        Assert.Equal("n.ipynb has no cell with the tag 'parameters', so -p x=… has no effect.", error.Message);
    }

    [Fact]
    public async Task A_notebook_in_another_language_is_refused()
    {
        var notebook = NotebookDocument.Create(NotebookCell.Code("1"));
        notebook.Metadata["kernelspec"]!["language"] = "python";
        notebook.Write(_folder["p.ipynb"]);

        var error = await Assert.ThrowsAsync<NotebookFormatException>(() => new NotebookRunner().RunAsync(_folder["p.ipynb"]));

        Assert.EndsWith("p.ipynb is a notebook in python; only C# notebooks run here.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_run_names_the_cell_and_keeps_what_ran()
    {
        var path = Write("n", NotebookCell.Code("1"), NotebookCell.Code("Console.Write(\"begun\");\nawait Task.Delay(-1);"));
        using var stop = new CancellationTokenSource();

        var result = await new NotebookRunner(null, new StopAtText(stop)).RunAsync(path, cancellation: stop.Token);

        Assert.Equal(RunStatus.Interrupted, result.Status);
        Assert.Equal("n.ipynb: interrupted in cell 2", result.Failure);
        Assert.Equal(["stream", "error"], result.Document.Cells[1].Outputs.Select(output => output!["output_type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_notebook_does_not_inherit_the_formatters_of_the_one_before()
    {
        await new NotebookRunner().RunAsync(Write("a", NotebookCell.Code(
            "Microsoft.DotNet.Interactive.Formatting.Formatter.Register<int>(n => \"changed\", \"text/plain\");")));

        var result = await new NotebookRunner().RunAsync(Write("b", NotebookCell.Code("1")));

        Assert.Equal("1", result.Document.Cells[0].Outputs[0]!["data"]!["text/plain"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task A_dib_runs_and_its_copy_is_an_ipynb()
    {
        var path = _folder.Write("n.dib", "#!markdown\n# t\n\n#!csharp\nvar x = 20;\n\n#!csharp\nx + 1\n");

        var result = await new NotebookRunner(new NotebookRunOptions { OutputFolder = _folder["out"] }).RunAsync(path);

        Assert.Equal(RunStatus.Succeeded, result.Status);
        Assert.Equal(_folder["out/n.ipynb"], result.CopyPath);
        Assert.Equal("21", NotebookDocument.Read(result.CopyPath!).Cells[2].Outputs[0]!["data"]!["text/plain"]![0]!.GetValue<string>());
    }

    private static NotebookCell Parameters => NotebookCell.Code(
        "// settings\nvar rate = 0.01;\nint epochs = 2;\nvar big = 60 * 1000L;\nstring name = \"x\";\nvar deep = false;\nint[] sizes = [1];",
        "parameters");

    private string Write(string name, params NotebookCell[] cells)
    {
        var path = _folder[name + ".ipynb"];
        NotebookDocument.Create(cells).Write(path);
        return path;
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class StopAtText(CancellationTokenSource stop) : IRunReport
    {
        public void Text(Sessions.ConsoleChannel channel, string text) => stop.CancelAsync();
    }
}
