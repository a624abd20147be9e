using NotebookHost.Notebooks;

namespace NotebookHost.Tests;

public sealed class NotebookReadingTests
{
    private const string Minimal = """{"cells": [CELLS], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""";

    [Fact]
    public void Cells_have_kind_source_tags_and_id()
    {
        var notebook = Parse("""
            {"cell_type": "code", "id": "a1", "execution_count": 3, "metadata": {"tags": ["parameters", "x"]}, "outputs": [], "source": ["a\n", "b"]},
            {"cell_type": "markdown", "id": "b2", "metadata": {}, "source": "# title"},
            {"cell_type": "raw", "id": "c3", "metadata": {}, "source": []}
            """);

        Assert.Equal([CellKind.Code, CellKind.Markdown, CellKind.Raw], notebook.Cells.Select(cell => cell.Kind));
        Assert.Equal(["a\nb", "# title", ""], notebook.Cells.Select(cell => cell.Source));
        Assert.Equal(["a1", "b2", "c3"], notebook.Cells.Select(cell => cell.Id));
        Assert.Equal(["parameters", "x"], notebook.Cells[0].Tags);
        Assert.True(notebook.Cells[0].HasTag("x"));
        Assert.Equal(3, notebook.Cells[0].ExecutionCount);
    }

    [Theory]
    [InlineData("", "nb is empty.")]
    [InlineData("  \n", "nb is empty.")]
    [InlineData("[]", "nb is JSON but not a notebook: its outermost value is not an object.")]
    [InlineData("{}", "nb is JSON but not a notebook: it has no 'nbformat'.")]
    [InlineData("""{"nbformat": 3, "worksheets": []}""", "nb has nbformat 3, but only nbformat 4 is supported. Convert it with: jupyter nbconvert --to notebook.")]
    [InlineData("""{"nbformat": 5}""", "nb has nbformat 5, which is newer than the supported nbformat 4; save it as nbformat 4.")]
    [InlineData("""{"nbformat": 4}""", "nb has no 'nbformat_minor'.")]
    [InlineData("""{"nbformat": 4, "nbformat_minor": 5}""", "nb has no list of 'cells'.")]
    [InlineData("""{"nbformat": 4, "nbformat_minor": 5, "cells": [], "metadata": 1}""", "nb has 'metadata' that is not an object.")]
    [InlineData("""{"nbformat": 4, "nbformat_minor": 5, "cells": {}}""", "nb has no list of 'cells'.")]
    public void What_is_no_notebook_is_refused_in_one_sentence(string text, string message)
    {
        Assert.Equal(message, Assert.Throws<NotebookFormatException>(() => NotebookDocument.Parse(text, "nb")).Message);
    }

    [Theory]
    [InlineData("1", "nb: cell 2 is not an object.")]
    [InlineData("{}", "nb: cell 2 has no 'cell_type'.")]
    [InlineData("""{"cell_type": "heading", "source": ""}""", "nb: cell 2 has the cell_type 'heading'; valid types are code, markdown and raw.")]
    [InlineData("""{"cell_type": "code"}""", "nb: cell 2 has no 'source' that is a string or a list of strings.")]
    [InlineData("""{"cell_type": "code", "source": [1]}""", "nb: cell 2 has no 'source' that is a string or a list of strings.")]
    [InlineData("""{"cell_type": "code", "source": "", "outputs": 1}""", "nb: cell 2 has 'outputs' that is not a list.")]
    [InlineData("""{"cell_type": "code", "source": "", "metadata": []}""", "nb: cell 2 has 'metadata' that is not an object.")]
    [InlineData("""{"cell_type": "code", "source": "", "id": 5}""", "nb: cell 2 has an 'id' that is not a string.")]
    public void A_malformed_cell_is_named(string cell, string message)
    {
        const string Sound = """{"cell_type": "markdown", "metadata": {}, "source": ""},""";

        Assert.Equal(message, Assert.Throws<NotebookFormatException>(() => Parse(Sound + cell)).Message);
    }

    [Fact]
    public void Bad_json_is_refused_with_its_line()
    {
        var error = Assert.Throws<NotebookFormatException>(() => NotebookDocument.Parse("{\"cells\": [\n {\"source\": }\n]}", "nb"));

        Assert.Equal("nb is not valid JSON at line 2: '}' is an invalid start of a value. Restore the file or correct that line.", error.Message);
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_called_incomplete()
    {
        var whole = NotebookDocument.Create(NotebookCell.Code("true", "x"), NotebookCell.Markdown("é\\ \"text\"")).ToJson().TrimEnd();

        Assert.All(Enumerable.Range(1, whole.Length - 1), length =>
        {
            var message = Assert.Throws<NotebookFormatException>(() => NotebookDocument.Parse(whole[..length], "nb")).Message;
            Assert.Equal($"nb is not valid JSON: it is incomplete and ends at line {whole[..length].Split('\n').Length}. Restore the file.", message);
        });
    }

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "nb is a Git LFS pointer, not the notebook. Get the notebook with: git lfs pull.")]
    [InlineData("{\n \"cells\": [],\n<<<<<<< HEAD\n \"nbformat\": 4\n=======\n \"nbformat\": 4,\n>>>>>>> main\n}\n", "nb has a merge conflict at line 3. Resolve the conflict.")]
    public void What_git_leaves_in_place_of_a_notebook_is_named(string text, string message)
        => Assert.Equal(message, Assert.Throws<NotebookFormatException>(() => NotebookDocument.Parse(text, "nb")).Message);

    [Fact]
    public void Half_of_a_character_is_refused_with_its_line()
    {
        var text = Minimal.Replace("CELLS", "\n{\"cell_type\": \"markdown\", \"metadata\": {\"tags\": [\"\\ud83d\"]}, \"source\": \"\"}", StringComparison.Ordinal);

        var error = Assert.Throws<NotebookFormatException>(() => NotebookDocument.Parse(text, "nb"));

        Assert.Equal(@"nb contains a lone surrogate (\ud800 to \udfff) at line 2. Correct that line.", error.Message);
    }

    [Fact]
    public void A_key_given_twice_is_refused()
    {
        Assert.Contains("'a'", Assert.Throws<NotebookFormatException>(() => NotebookDocument.Parse("""{"a": 1, "a": 2}""")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_or_binary_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        var whole = NotebookDocument.Create(NotebookCell.Code("1")).ToJson();
        var truncated = folder.Write("cut.ipynb", whole[..(whole.Length / 2)]);
        File.WriteAllBytes(folder["binary.ipynb"], [0x7F, (byte)'E', (byte)'L', (byte)'F', 0xFF, 0x00]);

        Assert.Contains("is not valid JSON", Assert.Throws<NotebookFormatException>(() => NotebookDocument.Read(truncated)).Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "is not text in UTF-8; a notebook is a JSON file.",
            Assert.Throws<NotebookFormatException>(() => NotebookDocument.Read(folder["binary.ipynb"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_no_obstacle()
    {
        Assert.Empty(NotebookDocument.Parse("\uFEFF" + Minimal.Replace("CELLS", "", StringComparison.Ordinal)).Cells);
    }

    private static NotebookDocument Parse(string cells) => NotebookDocument.Parse(Minimal.Replace("CELLS", cells, StringComparison.Ordinal), "nb");
}
