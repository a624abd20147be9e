using NotebookHost.Notebooks;

namespace NotebookHost.Tests;

public sealed class DibReadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cells_begin_at_their_languages_and_lose_the_blank_lines_around_them()
    {
        var notebook = Read("""
            #!meta

            {"kernelInfo":{"defaultKernelName":"csharp","items":[{"aliases":["c#","C#"],"name":"csharp"}]}}

            #!markdown

            # Title

            Prose.

            #!csharp

            #!time
            var x = 1;

            x

            """);

        Assert.Equal([CellKind.Markdown, CellKind.Code], notebook.Cells.Select(cell => cell.Kind));
        Assert.Equal(["# Title\n\nProse.", "#!time\nvar x = 1;\n\nx"], notebook.Cells.Select(cell => cell.Source));
    }

    [Fact]
    public void A_cell_of_another_language_keeps_the_line_that_chose_it()
    {
        var notebook = Read("#!html\n<b>bold</b>\n#!js\nalert(1)\n#!mermaid\ngraph TD\n");

        Assert.Equal(["#!html\n<b>bold</b>", "#!javascript\nalert(1)", "#!mermaid\ngraph TD"], notebook.Cells.Select(cell => cell.Source));
        Assert.All(notebook.Cells, cell => Assert.Equal(CellKind.Code, cell.Kind));
    }

    [Fact]
    public void Text_before_the_first_marker_is_in_the_default_language()
    {
        Assert.Equal("var x = 1;", Read("var x = 1;\n").Cells[0].Source);
        Assert.Equal(
            "#!fsharp\nlet x = 1",
            Read("#!meta\n{\"kernelInfo\":{\"defaultKernelName\":\"fsharp\"}}\n#!markdown\n#!f#\nlet x = 1").Cells[0].Source);
    }

    [Fact]
    public void A_kernel_that_the_metadata_names_begins_cells_under_its_aliases_too()
    {
        var notebook = Read("""
            #!meta
            {"kernelInfo":{"items":[{"name":"sql-shop","aliases":["shop"]}]}}
            #!shop
            SELECT 1
            #!csharp
            1
            """);

        Assert.Equal(["#!sql-shop\nSELECT 1", "1"], notebook.Cells.Select(cell => cell.Source));
    }

    [Fact]
    public void A_magic_does_not_begin_a_cell()
    {
        Assert.Equal("#!import helpers.cs\n#!value --name x\n1", Assert.Single(Read("#!csharp\n#!import helpers.cs\n#!value --name x\n1").Cells).Source);
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_are_no_obstacle()
    {
        Assert.Equal(["a\nb", "c"], Read("\uFEFF#!csharp\r\na\r\nb\r\n#!C#\r\nc\r\n").Cells.Select(cell => cell.Source));
    }

    [Fact]
    public void An_empty_file_is_a_notebook_without_cells()
    {
        Assert.Empty(Read("").Cells);
    }

    [Fact]
    public void Bad_metadata_is_refused_with_its_line()
    {
        var error = Assert.Throws<NotebookFormatException>(() => Read("#!meta\n\n{\"kernelInfo\": }\n\n#!csharp\n1"));

        Assert.EndsWith("n.dib: the text after #!meta is not valid JSON at line 3. Correct it, or remove #!meta.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_binary_file_is_refused()
    {
        File.WriteAllBytes(_folder["n.dib"], [0x7F, (byte)'E', (byte)'L', (byte)'F', 0xFF, 0x00]);

        Assert.EndsWith(
            "is not text in UTF-8; a .dib notebook is a text file.",
            Assert.Throws<NotebookFormatException>(() => NotebookDocument.Read(_folder["n.dib"])).Message,
            StringComparison.Ordinal);
    }

    private NotebookDocument Read(string text) => NotebookDocument.Read(_folder.Write("n.dib", text));
}
