using System.Text.Json.Nodes;
using NotebookHost.Checks;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests.Checks;

public sealed class StripTests
{
    [Fact]
    public void Outputs_counts_and_traces_of_a_run_are_taken_out_and_all_else_stays()
    {
        var document = NotebookDocument.Parse("""
            {"cells": [
              {"cell_type": "code", "id": "a", "execution_count": 3, "source": "1", "outputs": [{"output_type": "stream", "name": "stdout", "text": "x"}],
               "metadata": {"tags": ["parameters"], "execution": {"iopub.status.busy": "2026"}, "scrolled": true, "mine": 1,
                            "jupyter": {"source_hidden": true, "outputs_hidden": true}}},
              {"cell_type": "markdown", "id": "b", "source": "# t", "metadata": {"jupyter": {"outputs_hidden": false}}, "attachments": {"i.png": {}}}
            ], "metadata": {"widgets": {}, "course": "x"}, "nbformat": 4, "nbformat_minor": 5}
            """);

        NotebookStripper.Strip(document);

        Assert.Null(document.Cells[0].ExecutionCount);
        Assert.Empty(document.Cells[0].Outputs);
        Assert.Equal("""{"tags":["parameters"],"mine":1,"jupyter":{"source_hidden":true}}""", document.Cells[0].Metadata.ToJsonString());
        Assert.Equal("{}", document.Cells[1].Metadata.ToJsonString());
        Assert.NotNull(document.Cells[1].Json["attachments"]);
        Assert.Equal("""{"course":"x"}""", document.Metadata.ToJsonString());
    }

    [Fact]
    public void Outputs_that_are_tagged_to_be_kept_stay()
    {
        var cell = NotebookCell.Code("1", "keep_output");
        cell.ExecutionCount = 2;
        cell.Outputs.Add((JsonNode)new JsonObject());

        NotebookStripper.Strip(NotebookDocument.Create(cell));

        Assert.Single(cell.Outputs);
        Assert.Equal(2, cell.ExecutionCount);
    }

    [Theory]
    [InlineData("""{"kernelspec": {"name": "csharp", "display_name": "C#", "language": "C#"}, "language_info": {"name": "C#", "version": "14"}}""")]
    [InlineData("""{"language_info": {"name": "polyglot-notebook"}}""")]
    public void Whichever_front_end_wrote_it_the_kernel_is_named_the_same_way(string metadata)
    {
        var document = NotebookDocument.Create();
        document.Metadata.Clear();
        foreach (var (name, value) in JsonNode.Parse(metadata)!.AsObject())
            document.Metadata[name] = value!.DeepClone();

        NotebookStripper.Strip(document);

        Assert.True(JsonNode.DeepEquals(NotebookDocument.Create().Metadata, document.Metadata), document.Metadata.ToJsonString());
    }

    [Fact]
    public void The_kernel_of_another_language_is_left_alone()
    {
        const string Python = """{"cells": [], "metadata": {"kernelspec": {"name": "python3", "display_name": "P", "language": "python"}}, "nbformat": 4, "nbformat_minor": 5}""";
        var document = NotebookDocument.Parse(Python);

        NotebookStripper.Strip(document);

        Assert.Equal("python3", document.Metadata["kernelspec"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public void A_stripped_notebook_is_not_changed_by_stripping_it_again()
    {
        var cell = NotebookCell.Code("1");
        cell.ExecutionCount = 1;
        var document = NotebookDocument.Create(cell, NotebookCell.Markdown("# t"));
        NotebookStripper.Strip(document);
        var once = document.ToJson();

        var again = NotebookDocument.Parse(once);
        NotebookStripper.Strip(again);

        Assert.Equal(once, again.ToJson());
    }
}
