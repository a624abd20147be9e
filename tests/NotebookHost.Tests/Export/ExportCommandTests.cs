using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests.Export;

/// <summary>nb export as a process: what it writes where, and its refusals.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExportCommandTests()
    {
        var cell = NotebookCell.Code("System.IO.File.WriteAllText(\"ran.txt\", \"\");");
        cell.Outputs.Add((JsonNode)new JsonObject
        {
            ["output_type"] = "display_data",
            ["data"] = new JsonObject { ["image/svg+xml"] = "<svg/>" },
            ["metadata"] = new JsonObject(),
        });
        NotebookDocument.Create(NotebookCell.Markdown("# A"), cell).Write(_folder["a.ipynb"]);
        NotebookDocument.Create(NotebookCell.Code("1")).Write(_folder["b.ipynb"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_format_is_written_and_nothing_is_run()
    {
        foreach (var format in (string[])["html", "md", "cs"])
            Assert.Equal((0, $"out/a.{format}\n", ""), await NbProcess.RunAsync(_folder.Path, "export", "a.ipynb", "--to", format, "--out", "out"));

        Assert.Contains("<svg/>", File.ReadAllText(_folder["out/a.html"]), StringComparison.Ordinal);
        Assert.Contains("a_files/cell-2-1.svg", File.ReadAllText(_folder["out/a.md"]), StringComparison.Ordinal);
        Assert.Equal("<svg/>", File.ReadAllText(_folder["out/a_files/cell-2-1.svg"]));
        Assert.Contains("// # A", File.ReadAllText(_folder["out/a.cs"]), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "ran.txt", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task One_notebook_can_be_given_a_file_name_and_a_page_without_outputs_says_so()
    {
        Assert.Equal(
            (0, "page.html (without outputs: the notebook holds none; nb run makes a copy that does)\n", ""),
            await NbProcess.RunAsync(_folder.Path, "export", "b.ipynb", "--to", "html", "--out", "page.html", "--sanitize"));
        Assert.Contains("Content-Security-Policy", File.ReadAllText(_folder["page.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "2 notebooks do not fit into the one file x.html; name a folder with --out.", "a.ipynb", "b.ipynb", "--to", "html", "--out", "x.html")]
    [InlineData(2, "There is no notebook gone.ipynb.", "gone.ipynb", "--to", "html")]
    [InlineData(2, "--to wants html, cs or md, not 'pdf'. See: nb --help", "a.ipynb", "--to", "pdf")]
    public async Task A_usage_error_is_one_sentence(int expected, string message, params string[] arguments)
    {
        var (code, output, error) = await NbProcess.RunAsync(_folder.Path, ["export", .. arguments]);

        Assert.Equal((expected, "", message + "\n"), (code, output, error));
    }

    [Fact]
    public async Task A_notebook_that_does_not_compile_makes_no_program()
    {
        NotebookDocument.Create(NotebookCell.Code("missing")).Write(_folder["c.ipynb"]);

        var (code, output, error) = await NbProcess.RunAsync(_folder.Path, "export", "c.ipynb", "--to", "cs");

        Assert.Equal((1, ""), (code, output));
        Assert.Matches(@"^c\.ipynb: cell 1 \(\w+\), line 1: CS0103: .*; only what compiles becomes a program\.\n$", error);
    }
}
