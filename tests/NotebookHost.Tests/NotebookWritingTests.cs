using NotebookHost.Notebooks;

namespace NotebookHost.Tests;

public sealed class NotebookWritingTests
{
    [FactOnUnix]
    public void A_name_of_the_maximum_length_is_written()
    {
        using var folder = new TemporaryFolder();
        var name = new string('n', 249) + ".ipynb";

        NotebookDocument.Create().Write(folder[name]);

        Assert.Equal([folder[name]], Directory.GetFiles(folder.Path));
    }

    [FactOnLinux]
    public void A_file_that_cannot_be_written_is_named_without_the_temporary_file()
    {
        var error = Assert.ThrowsAny<Exception>(() => NotebookDocument.Create().Write("/proc/self/n.ipynb"));

        Assert.Contains("/proc/self/n.ipynb", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_canonical_notebook_comes_back_as_it_was_with_fields_unknown_here()
    {
        const string Canonical = """
            {
             "zebra": [
              1.50,
              1e400,
              {
               "b": null,
               "a": {}
              }
             ],
             "cells": [
              {
               "cell_type": "markdown",
               "custom": true,
               "id": "intro",
               "metadata": {
                "collapsed": false
               },
               "source": [
                "# Über 深度学习 😀\n",
                "\"quoted\" \\ <b>&amp;</b>\ttab\u0001"
               ],
               "attachments": {}
              }
             ],
             "metadata": {
              "kernelspec": {
               "name": ".net-csharp",
               "language": "C#"
              }
             },
             "nbformat": 4,
             "nbformat_minor": 5
            }

            """;

        Assert.Equal(Canonical, NotebookDocument.Parse(Canonical).ToJson());
    }

    [Fact]
    public void An_older_notebook_is_raised_to_4_5_with_ids_that_are_always_the_same()
    {
        const string Older = """
            {"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [
              {"cell_type": "code", "source": "same", "metadata": {}},
              {"cell_type": "code", "source": "same", "metadata": {}}]}
            """;

        var written = NotebookDocument.Parse(Older).ToJson();
        var again = NotebookDocument.Parse(written);

        Assert.Equal(written, NotebookDocument.Parse(Older).ToJson());
        Assert.Equal(written, again.ToJson());
        Assert.Contains("\"nbformat_minor\": 5", written, StringComparison.Ordinal);
        Assert.Equal(2, again.Cells.Select(cell => cell.Id).Distinct().Count());
        Assert.All(again.Cells, cell => Assert.Matches("^[a-zA-Z0-9-_]{1,64}$", cell.Id));
        Assert.Equal(
            ["cell_type", "execution_count", "id", "metadata", "outputs", "source"],
            again.Cells[0].Json.Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Two_cells_with_one_id_get_two()
    {
        var notebook = NotebookDocument.Create(NotebookCell.Code("a"), NotebookCell.Code("b"));
        notebook.Cells[1].Id = notebook.Cells[0].Id;

        Assert.Equal(2, NotebookDocument.Parse(notebook.ToJson()).Cells.Select(cell => cell.Id).Distinct().Count());
    }

    [Fact]
    public void Source_is_written_as_lines_that_keep_their_ends()
    {
        var written = NotebookDocument.Create(NotebookCell.Code("a\n\nb\n")).ToJson();

        Assert.Contains("   \"source\": [\n    \"a\\n\",\n    \"\\n\",\n    \"b\\n\"\n   ]", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_replaces_the_file_and_leaves_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("n.ipynb", "old");

        NotebookDocument.Create(NotebookCell.Code("1")).Write(path);

        Assert.Single(NotebookDocument.Read(path).Cells);
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_write_that_fails_leaves_what_was_there_and_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["n.ipynb"]);
        var inside = folder.Write("n.ipynb/keep.txt", "old");

        Assert.ThrowsAny<Exception>(() => NotebookDocument.Create().Write(folder["n.ipynb"]));

        Assert.Equal("old", File.ReadAllText(inside));
        Assert.Equal([folder["n.ipynb"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_reader_beside_a_writer_never_meets_half_a_notebook()
    {
        using var folder = new TemporaryFolder();
        var small = NotebookDocument.Create(NotebookCell.Code("1"));
        var large = NotebookDocument.Create(NotebookCell.Code(new string('x', 1_000_000)));
        small.Write(folder["n.ipynb"]);

        var writer = Task.Run(() =>
        {
            for (var i = 0; i < 20; i++)
                (i % 2 == 0 ? large : small).Write(folder["n.ipynb"]);
        });

        do
            Assert.Single(NotebookDocument.Read(folder["n.ipynb"]).Cells);
        while (!writer.IsCompleted);
    }
}
