using System.Text.Json.Nodes;
using NotebookHost.Checks;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests;

/// <summary>Cells whose lines are stored without their line ends: what they were is told, and never lost.</summary>
public sealed class RunTogetherTests : IDisposable
{
    private const string Message = "its lines are stored without line breaks and form one line; end each line except the last with \\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_and_check_warn()
    {
        Write(["// a", "Console.WriteLine(1);"]);

        var (code, output, _) = await NbProcess.RunAsync(_folder.Path, "run", "n.ipynb");
        Assert.Equal(0, code);
        Assert.StartsWith($"n.ipynb: cell 1 (a): {Message}\n", output, StringComparison.Ordinal);

        (code, output, _) = await NbProcess.RunAsync(_folder.Path, "check", "n.ipynb");
        Assert.Equal(1, code);
        Assert.Contains($"n.ipynb: cell 1 (a): {Message}\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "--fix", "n.ipynb")]
    [InlineData("strip", "n.ipynb")]
    [InlineData("run", "--save", "n.ipynb")]
    [InlineData("adopt", "--write", "n.ipynb")]
    public async Task Nothing_that_writes_the_notebook_makes_the_loss_permanent(params string[] arguments)
    {
        Write(["// a", "Console.WriteLine(1);"]);

        await NbProcess.RunAsync(_folder.Path, arguments);

        Assert.Equal(["// a", "Console.WriteLine(1);"], Stored());
    }

    [Fact]
    public void Fixing_still_reports_it()
    {
        Write(["a", "b"]);
        var result = new NotebookChecker(new CheckOptions { Fix = true }).Check(_folder["n.ipynb"]);

        Assert.Contains(result.Problems, problem => problem.Message == Message);
        Assert.Equal(["a", "b"], Stored());
    }

    [Theory]
    [InlineData("a\n", "b")]
    [InlineData("a\n", "", "b\n")]
    [InlineData("one line")]
    public void Lines_with_line_ends_are_no_problem(params string[] lines)
    {
        Write(lines);

        Assert.False(NotebookDocument.Read(_folder["n.ipynb"]).Cells[0].LacksLineBreaks);
    }

    [Fact]
    public void Prose_and_its_translations_are_told_of_too()
    {
        _folder.Write("n.ipynb", """
            {"cells": [{"cell_type": "markdown", "id": "a", "metadata": {"translations": {"zh-CN": ["一", "二"]}}, "source": ["one\n", "two"]}],
             "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            """);
        var document = NotebookDocument.Read(_folder["n.ipynb"]);

        Assert.True(document.Cells[0].LacksLineBreaks);
        document.Write(_folder["n.ipynb"]);
        Assert.True(NotebookDocument.Read(_folder["n.ipynb"]).Cells[0].LacksLineBreaks);
    }

    private string[] Stored() => [.. JsonNode.Parse(File.ReadAllText(_folder["n.ipynb"]))!["cells"]![0]!["source"]!.AsArray().Select(line => (string)line!)];

    private void Write(string[] lines) => _folder.Write("n.ipynb", $$"""
        {"cells": [{"cell_type": "code", "execution_count": null, "id": "a", "metadata": {}, "outputs": [], "source": {{new JsonArray([.. lines.Select(line => (JsonNode)line!)]).ToJsonString()}}}],
         "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        """);
}
