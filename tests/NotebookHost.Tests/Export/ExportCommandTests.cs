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
            (0, "page.html (without outputs: the notebook has none; nb run writes a copy with outputs)\n", ""),
            await NbProcess.RunAsync(_folder.Path, "export", "b.ipynb", "--to", "html", "--out", "page.html", "--sanitize"));
        Assert.Contains("Content-Security-Policy", File.ReadAllText(_folder["page.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_come_from_an_executed_copy_where_its_cells_are_the_same()
    {
        Directory.CreateDirectory(_folder["copies"]);
        var source = NotebookDocument.Read(_folder["b.ipynb"]);
        source.CodeCells.Single().Outputs.Add((JsonNode)new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "of the copy" });
        source.Write(_folder["copies/b.ipynb"]);
        NotebookDocument.Create(NotebookCell.Code("another cell")).Write(_folder["copies/a.ipynb"]);

        var (code, output, error) = await NbProcess.RunAsync(
            _folder.Path, "export", "a.ipynb", "b.ipynb", "--to", "html", "--out", "out", "--executed", "copies");

        Assert.Equal((0, "out/a.html\nout/b.html\nout/index.html lists the pages\n"), (code, output));
        Assert.Equal("using the outputs of a.ipynb: copies/a.ipynb has other cells; nb run updates it.\n", error);
        Assert.Contains("of the copy", File.ReadAllText(_folder["out/b.html"]), StringComparison.Ordinal);
        Assert.Contains("<svg/>", File.ReadAllText(_folder["out/a.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "The folder gone does not exist; nb run writes executed copies to artifacts/notebooks.", "a.ipynb", "--to", "html", "--executed", "gone")]
    [InlineData(2, "2 notebooks do not fit into one file, x.html; specify a folder with --out.", "a.ipynb", "b.ipynb", "--to", "html", "--out", "x.html")]
    [InlineData(2, "The notebook gone.ipynb does not exist.", "gone.ipynb", "--to", "html")]
    [InlineData(2, "--to takes html, cs, md or ipynb, not 'pdf'. See: nb --help", "a.ipynb", "--to", "pdf")]
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
        Assert.Matches(@"^c\.ipynb: cell 1 \(\w+\), line 1: CS0103: .*; only notebooks that compile can be converted to a program\.\n$", error);
    }

    [Fact]
    public async Task Pages_of_several_notebooks_lead_to_each_other_and_a_page_lists_them()
    {
        _folder.Write("README.md", "# The course\n\nWhat it is *about*. And more. And yet more.\n");
        Directory.CreateDirectory(_folder["notebooks"]);
        NotebookDocument.Create(NotebookCell.Markdown("# One\n\n*An aside.*\n\nWhat **one** is for. Why?  And how.\n\n[next](two.ipynb#part), [no](https://x.org/two.ipynb)"))
            .Write(_folder["notebooks/one.ipynb"]);
        NotebookDocument.Create(NotebookCell.Markdown("# Two & more")).Write(_folder["notebooks/two.ipynb"]);

        Assert.Equal(
            (0, "out/one.html\nout/two.html\nout/index.html lists the pages\n", ""),
            await NbProcess.RunAsync(_folder.Path, "export", "--to", "html", "--out", "out"));

        var index = File.ReadAllText(_folder["out/index.html"]);
        Assert.Contains("<h1>The course</h1>\n<p class=\"about\">What it is about. And more.</p>", index, StringComparison.Ordinal);
        Assert.Contains("<a href=\"one.html\">\n<strong>One</strong>\n<span>What one is for. Why?</span></a>", index, StringComparison.Ordinal);
        Assert.Contains("<strong>Two &amp; more</strong>", index, StringComparison.Ordinal);
        var one = File.ReadAllText(_folder["out/one.html"]);
        Assert.Contains("<a class=\"next\" rel=\"next\" href=\"two.html\">Two &amp; more →</a>", one, StringComparison.Ordinal);
        Assert.Contains("<a href=\"two.html#part\">next</a>", one, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://x.org/two.ipynb\">no</a>", one, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"prev\"", one, StringComparison.Ordinal);
        Assert.Contains("<a class=\"prev\" rel=\"prev\" href=\"one.html\">← One</a>", File.ReadAllText(_folder["out/two.html"]), StringComparison.Ordinal);
    }
}
