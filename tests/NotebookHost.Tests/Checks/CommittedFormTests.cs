using System.Text.Json.Nodes;
using NotebookHost.Checks;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests.Checks;

public sealed class CommittedFormTests
{
    [Fact]
    public void Of_a_chart_the_picture_and_the_text_stay()
        => Assert.Equal(
            """{"image/svg+xml":["<svg/>"],"text/plain":["a chart"]}""",
            Data("""
                {"application/vnd.plotly.v1+json": {"data": []}, "image/svg+xml": "<svg/>", "text/html": "<div><svg/><script>1</script></div>",
                 "text/plain": "a chart"}
                """));

    [Fact]
    public void Html_stays_unless_it_needs_a_script()
    {
        Assert.Equal("""{"text/html":["<table></table>"],"text/plain":["t"]}""", Data("""{"text/html": "<table></table>", "text/plain": "t"}"""));
        Assert.Equal("""{"text/plain":["t"]}""", Data("""{"text/html": "<b>x</b><SCRIPT src='x'></SCRIPT>", "text/plain": "t"}"""));
    }

    [Fact]
    public void Of_a_progress_line_the_last_state_stays()
    {
        var output = Assert.Single(Outputs("""{"output_type": "stream", "name": "stdout", "text": "1 of 2\r2 of 2\rdone\nnext\n"}"""))!;
        Assert.Equal("done\nnext\n", MultilineText.Join(output["text"]));
    }

    [Fact]
    public void Paths_of_the_repository_become_relative_and_the_home_folder_a_tilde()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var output = Assert.Single(Outputs($$"""{"output_type": "stream", "name": "stdout", "text": "/clone/x/lib/a.dll and {{home}}/data"}"""))!;
        Assert.Equal("lib/a.dll and ~/data", MultilineText.Join(output["text"]));
    }

    [Fact]
    public void Counts_and_times_of_the_run_do_not_stay()
    {
        var cell = NotebookCell.Code("1");
        cell.ExecutionCount = 7;
        cell.Metadata["execution"] = new JsonObject { ["iopub.execute_input"] = "2026" };
        cell.Outputs.Add(JsonNode.Parse("""{"output_type": "execute_result", "execution_count": 7, "metadata": {}, "data": {"text/plain": "1"}}"""));

        var committed = Assert.Single(CommittedForm.Of(NotebookDocument.Create(cell)).Cells);

        Assert.Null(committed.ExecutionCount);
        Assert.Equal("{}", committed.Metadata.ToJsonString());
        Assert.Null(committed.Outputs[0]!["execution_count"]);
        Assert.Equal(7, cell.ExecutionCount);
    }

    [Fact]
    public void What_is_in_that_form_stays_as_it_is_and_has_no_problem()
    {
        using var folder = new TemporaryFolder();
        var cell = NotebookCell.Code("1 + 1");
        cell.Outputs.Add(JsonNode.Parse("""
            {"output_type": "display_data", "metadata": {}, "data": {"application/vnd.plotly.v1+json": {}, "image/png": "AAAA", "text/html": "<script>", "text/plain": "p"}}
            """));
        var document = NotebookDocument.Create(NotebookCell.Markdown("# t"), cell);
        document.Write(folder["full.ipynb"]);

        var committed = CommittedForm.Of(document);
        committed.Write(folder["committed.ipynb"]);

        Assert.Equal(committed.ToJson(), CommittedForm.Of(committed).ToJson());
        Assert.Empty(new NotebookChecker().Check(folder["committed.ipynb"]).Problems);
        Assert.Equal(
            $"cell 1 ({cell.Id}): its output contains application/vnd.plotly.v1+json, which GitHub does not show; nb run --save writes outputs that GitHub shows",
            Assert.Single(new NotebookChecker().Check(folder["full.ipynb"]).Problems).ToString());
    }

    private static string Data(string data)
        => Assert.Single(Outputs($$"""{"output_type": "display_data", "metadata": {}, "data": {{data}}}"""))!["data"]!.ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static JsonArray Outputs(string output)
    {
        var cell = NotebookCell.Code("1");
        cell.Outputs.Add(JsonNode.Parse(output));
        return CommittedForm.Of(NotebookDocument.Create(cell), "/clone/x").Cells[0].Outputs;
    }
}
