using System.Text.RegularExpressions;
using NotebookHost.Export.Html;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests.Export;

public sealed class PageContentTests
{
    [Theory]
    [InlineData("<td>1</td>|<td>-2.5</td>|<td>1,000 MB</td>|<td></td>", true)]
    [InlineData("<td>81.9 %</td>|<td>3e-5</td>|<td>NaN</td>", true)]
    [InlineData("<td>65504</td>|<td>Infinity</td>|<td>-∞</td>", true)]
    [InlineData("<td>12 µs</td>|<td>0.5 ms</td>|<td>–</td>", true)]
    [InlineData("<td>1</td>|<td>none here</td>", false)]
    [InlineData("<td>6 x 1 x 5</td>|<td>10</td>", false)]
    [InlineData("<td>True</td>", false)]
    public void A_column_of_numbers_is_aligned_right_with_its_heading_and_others_are_not(string cells, bool isRight)
    {
        var rows = string.Concat(cells.Split('|').Select(cell => $"<tr><td>a</td>{cell}</tr>"));

        var html = TableHtml.Adapt($"<table><thead><tr><th>name</th><th>value</th></tr></thead><tbody>{rows}</tbody></table>");

        Assert.Equal(isRight ? cells.Split('|').Length + 1 : 0, Regex.Count(html, "class=\"digits\""));
        Assert.Contains("<th scope=\"col\">name</th>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_centered_cell_stays_so_numbers_on_the_left_move_and_a_table_inside_another_scrolls_with_it()
    {
        var html = TableHtml.Adapt("<table><tr><td style=\"text-align:center\">1</td><td style=\"text-align: left;\">2</td><td><table><tr><td>2</td></tr></table></td></tr></table>");

        Assert.Contains("<td style=\"text-align:center\">1</td><td style=\"text-align: right;\">2</td>", html, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(html, "<div class=\"scroll\""));
        Assert.EndsWith("</table></div>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drawing_shrinks_only_until_its_smallest_letters_have_nine_pixels()
    {
        var html = SvgHtml.Adapt("<svg viewBox=\"0 0 800 200\" style=\"max-width:100%\"><text font-size=\"12\">a</text><text font-size=\"20\">b</text></svg>");

        Assert.Contains("style=\"min-width:600px;max-width:100%\"", html, StringComparison.Ordinal);
        Assert.Contains("min-width:960px", SvgHtml.Adapt("<svg viewBox=\"0 0 800 200\"><svg viewBox=\"0 0 640 90\" width=\"400\"><text font-size=\"12\">a</text></svg><text font-size=\"13\">b</text></svg>"), StringComparison.Ordinal);
        Assert.Equal("<svg viewBox=\"0 0 8 8\"><path/></svg>", SvgHtml.Adapt("<svg viewBox=\"0 0 8 8\"><path/></svg>"));
    }

    [Fact]
    public void Panels_become_views_of_their_own_that_a_narrow_page_puts_below_each_other()
    {
        const string Figure = """
            <svg viewBox="0 0 880 384" width="880" height="384" role="img" aria-label="Curves | loss" font-family="sans-serif" fill="currentColor" xmlns="http://www.w3.org/2000/svg">
              <title>Curves</title><text x="440" y="22" font-size="17">Curves</text>
              <g class="panel"><text x="248" y="54" font-size="15">loss</text></g>
              <g class="panel"><text x="688" y="54" font-size="15">accuracy</text></g>
              <g class="legend"><path d="M100 373h30"/><text x="136" y="378" font-size="14">plain</text><path d="M300 373h30"/><text x="336" y="378" font-size="14">normed</text></g>
            </svg>
            """;

        var html = SvgHtml.Adapt(Figure);

        Assert.StartsWith("<div class=\"panels\" role=\"img\" aria-label=\"Curves | loss\">", html, StringComparison.Ordinal);
        Assert.Equal(["0 34 440 328", "440 34 440 328"], Regex.Matches(html, "viewBox=\"([^\"]+)\"[^>]* class=\"panel-view\"").Select(match => match.Groups[1].Value));
        Assert.Equal(["plain", "normed"], Regex.Matches(html, "class=\"legend-view\".*?>([a-z]+)</text>").Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Python_in_prose_has_its_tokens_kinds_as_classes_and_unknown_languages_stay_text()
    {
        var page = Page("```python\nfor x in range(3):  # thrice\n    print(\"<x>\")\n```\n\n```text\nfor x\n```");

        Assert.Contains("<span class=\"keyword\">for</span>", page, StringComparison.Ordinal);
        Assert.Matches("<span class=\"comment\"># thrice\\s*</span>", page);
        Assert.Contains("<span class=\"string\">&quot;&lt;x&gt;&quot;</span>", page, StringComparison.Ordinal);
        Assert.Contains("<code>for x</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Chinese_words_in_english_text_are_marked_as_chinese()
    {
        Assert.Contains("<em>Mirrors <span lang=\"zh-CN\">最终训练框架</span>.</em>", Page("*Mirrors 最终训练框架.*"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_diagram_of_the_notebooks_folder_can_be_turned_dark_and_stays_legible()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 90\" font-size=\"15\"><text>a</text></svg>");

        var page = HtmlPage.Write(NotebookDocument.Create(NotebookCell.Markdown("![a drawing](a.svg)")), new HtmlPageOptions { Folder = folder.Path });

        Assert.Matches("<p class=\"scroll\" tabindex=\"0\"><img[^>]* class=\"diagram\" style=\"min-width:540px\"", page);
    }

    private static string Page(string prose) => HtmlPage.Write(NotebookDocument.Create(NotebookCell.Markdown(prose)));
}
