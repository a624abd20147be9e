using System.Text;
using System.Text.Json.Nodes;
using NotebookHost.Export.Text;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests.Export;

public sealed class MarkdownTextTests
{
    [Fact]
    public void Prose_code_and_text_follow_one_another()
    {
        var cell = NotebookCell.Code("1 + 1");
        cell.Outputs.Add((JsonNode)new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "\e[31mred\e[0m 10%\rred 99%\n" });
        Show(cell, """{"text/plain": "2"}""");

        Assert.Equal("# T\n\n```csharp\n1 + 1\n```\n\n```text\nred 99%\n```\n\n```text\n2\n```\n", Write(NotebookCell.Markdown("# T"), cell).Text);
    }

    [Fact]
    public void A_fence_is_longer_than_those_inside()
    {
        Assert.Equal("````csharp\n// ```\n````\n", Write(NotebookCell.Code("// ```")).Text);
    }

    [Fact]
    public void Images_are_files_beside()
    {
        var cell = NotebookCell.Code("x");
        Show(cell, """{"text/html": "<svg/>", "image/svg+xml": "<svg/>", "text/plain": "A [chart]\nof it"}""");
        Show(cell, """{"image/png": "AQID\n", "text/plain": ""}""");

        var markdown = Write(cell);

        Assert.Contains("![A chart](my%20files/cell-1-1.svg)\n\n![](my%20files/cell-1-1.png)", markdown.Text, StringComparison.Ordinal);
        Assert.Equal("<svg/>", Encoding.UTF8.GetString(markdown.Images["my files/cell-1-1.svg"]));
        Assert.Equal([1, 2, 3], markdown.Images["my files/cell-1-1.png"]);
    }

    [Fact]
    public void A_plain_table_stays_html_without_blank_lines_and_all_other_html_gives_way_to_text()
    {
        var cell = NotebookCell.Code("x");
        Show(cell, """{"text/html": "<table>\n\n  <tr><td>1</td></tr>\n</table>", "text/plain": "t"}""");
        Show(cell, """{"text/html": "<script>x</script><table></table>", "text/plain": "the text"}""");

        Assert.Contains("<table>\n<tr><td>1</td></tr>\n</table>\n\n```text\nthe text\n```\n", Write(cell).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Attached_images_are_files_too()
    {
        var cell = NotebookCell.Markdown("![a](attachment:dot.png)");
        cell.Json["attachments"] = new JsonObject { ["dot.png"] = new JsonObject { ["image/png"] = "AQID" } };

        var markdown = Write(cell);

        Assert.Equal("![a](my%20files/cell-1-1.png)\n", markdown.Text);
        Assert.Equal([1, 2, 3], markdown.Images["my files/cell-1-1.png"]);
    }

    private static MarkdownText Write(params NotebookCell[] cells) => MarkdownText.Of(NotebookDocument.Create(cells), "my files");

    private static void Show(NotebookCell cell, string data)
        => cell.Outputs.Add((JsonNode)new JsonObject { ["output_type"] = "display_data", ["data"] = JsonNode.Parse(data), ["metadata"] = new JsonObject() });
}
