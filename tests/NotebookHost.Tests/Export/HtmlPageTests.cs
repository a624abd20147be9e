using System.Text.Json.Nodes;
using NotebookHost.Export.Html;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests.Export;

public sealed class HtmlPageTests
{
    [Fact]
    public void The_first_heading_is_the_title_and_every_heading_can_be_linked_to()
    {
        var page = Page(NotebookCell.Markdown("# A & B\n\n## The data"), NotebookCell.Markdown("## The data\n\n### `x` of $y$"));

        Assert.Contains("<title>A &amp; B</title>", page, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"the-data\">", page, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"the-data-1\">", page, StringComparison.Ordinal);
        Assert.Contains("<li class=\"level-3\"><a href=\"#x-of-y\">x of y</a></li>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notebook_without_headings_has_its_name_for_a_title_and_no_contents()
    {
        var page = HtmlPage.Write(NotebookDocument.Create(NotebookCell.Code("1")), new HtmlPageOptions { Name = "scratch" });

        Assert.Contains("<title>scratch</title>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<nav", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_tasks_and_html_in_prose_are_rendered()
    {
        var page = Page(NotebookCell.Markdown("| a | b |\n|---|---|\n| 1 | 2 |\n\n- [x] done\n\n<kbd>Esc</kbd> ~~no~~"));

        Assert.Contains("<td class=\"digits\">1</td>", page, StringComparison.Ordinal);
        Assert.Contains("type=\"checkbox\"", page, StringComparison.Ordinal);
        Assert.Contains("<kbd>Esc</kbd> <del>no</del>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Math_is_kept_as_it_is_written()
    {
        var page = Page(NotebookCell.Markdown("With $x_i * y_i * \\alpha$ and $5 and $6.\n\n$$\n\\sum_{i<n} *a*_i\n$$"));

        Assert.Contains("<span class=\"math\">x_i * y_i * \\alpha</span>", page, StringComparison.Ordinal);
        Assert.Contains("and $5 and $6.", page, StringComparison.Ordinal);
        Assert.Contains("\\sum_{i&lt;n} *a*_i", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_is_encoded_and_its_tokens_have_classes()
    {
        var page = Page(NotebookCell.Code("#r \"x.dll\"\nvar a = new List<int>(); // why\nConsole.WriteLine($\"{a.Count:N0} <b>\");"));

        Assert.Contains("<span class=\"directive\">#r &quot;x.dll&quot;", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"keyword\">var</span> a = <span class=\"keyword\">new</span> <span class=\"type\">List</span>&lt;", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"comment\">// why</span>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"type\">Console</span>.<span class=\"function\">WriteLine</span>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"string\"> &lt;b&gt;</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_of_another_language_is_not_taken_for_csharp()
    {
        Assert.Contains("<code>#!html\n&lt;b class=1&gt;", Page(NotebookCell.Code("#!html\n<b class=1>x</b>")), StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_the_notebook_hides_is_folded()
    {
        var cell = NotebookCell.Code("secret");
        cell.Metadata["jupyter"] = new JsonObject { ["source_hidden"] = true };

        Assert.Contains("<details><summary>Code</summary>\n<pre class=\"source\"", Page(cell), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"text/html": "<b>h</b>", "image/svg+xml": "<svg/>", "text/plain": "p"}""", "<b>h</b>")]
    [InlineData("""{"image/svg+xml": ["<svg>", "</svg>"], "image/png": "AAAA", "text/plain": "p"}""", "<svg></svg>")]
    [InlineData("""{"image/png": "AA\nAA\n", "text/plain": "a \"p\""}""", "<img src=\"data:image/png;base64,AAAA\" alt=\"a &quot;p&quot;\">")]
    [InlineData("""{"application/vnd.plotly.v1+json": {"data": []}, "text/plain": "p"}""", ">p</pre>")]
    [InlineData("""{"text/markdown": "*m*", "text/plain": "p"}""", "<em>m</em>")]
    [InlineData("""{"text/plain": ["a <b>\n", "c"]}""", ">a &lt;b&gt;\nc</pre>")]
    [InlineData("""{"application/x-unknown": "?"}""", "[application/x-unknown]")]
    public void An_output_is_shown_in_its_richest_form(string data, string expected)
    {
        Assert.Contains(expected, Page(Shown(data)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_without_html_is_drawn_where_plotly_is_given_and_cannot_end_its_script()
    {
        var cell = Shown("""{"application/vnd.plotly.v1+json": {"data": [{"name": "</script>"}], "layout": {}}, "image/svg+xml": "<svg/>"}""");

        var page = HtmlPage.Write(NotebookDocument.Create(cell), new HtmlPageOptions { PlotlyScript = () => "var Plotly = '</script>';" });

        Assert.Contains("<script>var Plotly = '<\\/script>';</script>", page, StringComparison.Ordinal);
        Assert.Contains("drawFigure('figure-1'", page, StringComparison.Ordinal);
        Assert.Contains("\\u003c/script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<div class=\"drawing\"><svg/></div>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Plotly_is_included_for_charts_in_other_html()
        => Assert.Contains(
            "<script>var Plotly = 1;</script>",
            HtmlPage.Write(
                NotebookDocument.Create(Shown("""{"text/html": "<table><tr><td><div data-figure=\"a\"></div></td></tr></table>"}""")),
                new HtmlPageOptions { PlotlyScript = () => "var Plotly = 1;" }),
            StringComparison.Ordinal);

    [Fact]
    public void Plotly_is_left_out_where_nothing_needs_it()
    {
        Assert.DoesNotContain("Plotly", HtmlPage.Write(NotebookDocument.Create(Shown("""{"text/plain": "p"}""")), new HtmlPageOptions { PlotlyScript = () => "Plotly" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Streams_and_errors_keep_their_colors()
    {
        var cell = NotebookCell.Code("1");
        cell.Outputs.Add((JsonNode)new JsonObject { ["output_type"] = "stream", ["name"] = "stderr", ["text"] = "a\e[1;31mred\e[0m\rb\e[38;2;1;2;3mc" });
        cell.Outputs.Add((JsonNode)new JsonObject { ["output_type"] = "error", ["ename"] = "E", ["evalue"] = "<v>", ["traceback"] = new JsonArray() });

        var page = Page(cell);

        Assert.Contains("<pre class=\"output stream stderr\" tabindex=\"0\">b<span style=\"color:#010203\">c</span></pre>", page, StringComparison.Ordinal);
        Assert.Contains("<pre class=\"output error\" tabindex=\"0\">E: &lt;v&gt;</pre>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_beside_and_attached_become_part_of_the_page()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["dot.png"], [1, 2, 3]);
        var cell = NotebookCell.Markdown("![](dot.png) ![](attachment:a%20b.png) ![](missing.png) ![](https://example.org/x.png)");
        cell.Json["attachments"] = new JsonObject { ["a b.png"] = new JsonObject { ["image/png"] = "BBBB" } };

        var page = HtmlPage.Write(NotebookDocument.Create(cell), new HtmlPageOptions { Folder = folder.Path });

        Assert.Contains("src=\"data:image/png;base64,AQID\"", page, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,BBBB\"", page, StringComparison.Ordinal);
        Assert.Contains("src=\"missing.png\"", page, StringComparison.Ordinal);
        Assert.Contains("src=\"https://example.org/x.png\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_forbids_scripts_says_so_to_the_browser_before_anything_else()
    {
        var document = NotebookDocument.Create(Shown("""{"text/html": "<script>run()</script>"}"""));

        var page = HtmlPage.Write(document, new HtmlPageOptions { ForbidScripts = true });

        Assert.InRange(page.IndexOf("default-src 'none'", StringComparison.Ordinal), 0, page.IndexOf("<style", StringComparison.Ordinal));
        Assert.DoesNotContain("Content-Security-Policy", HtmlPage.Write(document), StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_that_are_malformed_are_left_out()
    {
        var cell = NotebookCell.Code("1");
        cell.Outputs.Add((JsonNode)1);
        cell.Outputs.Add((JsonNode)new JsonObject { ["output_type"] = "display_data", ["data"] = new JsonArray() });
        cell.Outputs.Add((JsonNode)new JsonObject { ["output_type"] = 7, ["data"] = new JsonObject { ["text/plain"] = null } });

        Assert.DoesNotContain("class=\"output", Page(cell), StringComparison.Ordinal);
    }

    private static string Page(params NotebookCell[] cells) => HtmlPage.Write(NotebookDocument.Create(cells));

    private static NotebookCell Shown(string data)
    {
        var cell = NotebookCell.Code("x");
        cell.Outputs.Add((JsonNode)new JsonObject { ["output_type"] = "display_data", ["data"] = JsonNode.Parse(data), ["metadata"] = new JsonObject() });
        return cell;
    }
}
