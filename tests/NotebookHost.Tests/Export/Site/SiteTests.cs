using System.Text.RegularExpressions;
using NotebookHost.Export.Html;
using NotebookHost.Export.Html.Site;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests.Export.Site;

public sealed partial class SiteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_chapter_has_a_page_and_a_notebook_in_each_language()
    {
        var site = SampleSite.Write(_folder);

        Assert.Equal(
            [
                "assets/covers/one.svg", "assets/figures.js", "assets/page.css", "assets/plotly.min.js", "assets/search.en.js", "assets/search.js", "assets/search.zh-CN.js",
                "assets/site.css", "assets/site.js",
                "index.html", "notebooks/one.ipynb", "notebooks/three.ipynb", "notebooks/two.ipynb", "one.html", "three.html", "two.html",
                "zh/index.html", "zh/notebooks/one.ipynb", "zh/notebooks/three.ipynb", "zh/notebooks/two.ipynb", "zh/one.html", "zh/three.html", "zh/two.html",
            ],
            Directory.EnumerateFiles(site, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(site, path)).Order(StringComparer.Ordinal));
        Assert.Contains("<html lang=\"zh-CN\">", Read("zh/one.html"), StringComparison.Ordinal);
        Assert.Contains("\"# 一\\n\"", Read("zh/notebooks/one.ipynb"), StringComparison.Ordinal);
        Assert.DoesNotContain("translations", Read("notebooks/one.ipynb"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("index.html", "First steps", "One", "Two", "Further", "Three")]
    [InlineData("zh/index.html", "入门", "一", "二", "深入", "Three")]
    public void The_list_has_the_groups_of_the_readme(string index, params string[] expected)
    {
        SampleSite.Write(_folder);

        var found = Regex.Matches(Read(index), "<(?:h2|strong)>(.*?)</").Select(match => match.Groups[1].Value);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void What_has_no_translation_is_marked_as_english()
    {
        SampleSite.Write(_folder);

        Assert.Contains("<section class=\"prose\" lang=\"en\">\n<h1 id=\"three\">", Read("zh/three.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("lang=\"en\">\n<h1", Read("three.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_has_the_same_address_in_all_languages_and_links_between_chapters_lead_to_pages()
    {
        SampleSite.Write(_folder);

        Assert.Contains("<h2 id=\"a-network\">网络", Read("zh/two.html"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"two.html#a-network\">二</a>", Read("zh/one.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_has_one_first_heading_landmarks_a_way_past_the_bar_and_tables_for_screen_readers()
    {
        SampleSite.Write(_folder);

        var page = Read("one.html");
        Assert.Single(Regex.Matches(page, "<h1"));
        foreach (var landmark in (string[])["<a class=\"skip\" href=\"#main\">", "<header class=\"bar\"", "<nav class=\"course\" aria-label=", "<nav class=\"contents\" aria-label=",
            "<nav class=\"neighbors\" aria-label=\"Chapters\"", "<nav class=\"neighbors end\" aria-label=\"Previous and next chapter\"", "<main id=\"main\">"])
            Assert.Single(Regex.Matches(page, Regex.Escape(landmark)));
        Assert.DoesNotMatch("<th\\b(?![^>]*scope=)[^>]*>|<img(?![^>]* alt=\"[^\"]+\")", page);
        Assert.Contains("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><td></td><th scope=\"col\">wide", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">x</th>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Documents_of_the_repository_are_pages_that_are_listed_linked_to_and_searched()
    {
        _folder.Write("docs/speed.md", "# How fast\n\nSee [two](../notebooks/two.ipynb#a-network), [more](gpu.md) and [the rest](../README.md).");
        _folder.Write("docs/gpu.md", "# On a GPU\n\nNot here.");
        _folder.Write("docs/gpu.zh-CN.md", "# 在 GPU 上\n\n这里没有。");

        SampleSite.Write(_folder);

        var page = Read("speed.html");
        Assert.Contains("<a href=\"two.html#a-network\">two</a>, <a href=\"gpu.html\">more</a> and <a href=\"index.html\">the rest</a>", page, StringComparison.Ordinal);
        Assert.Contains("<p class=\"group\">Documentation</p>", Read("one.html"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"speed.html\">How fast</a>", Read("one.html"), StringComparison.Ordinal);
        Assert.Contains("<section class=\"prose\" lang=\"en\">\n<h1 id=\"how-fast\">", Read("zh/speed.html"), StringComparison.Ordinal);
        Assert.Contains("<h1 id=\"on-a-gpu\">在 GPU 上", Read("zh/gpu.html"), StringComparison.Ordinal);
        Assert.Contains("\"page\":\"speed.html\"", Read("assets/search.en.js"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_front_page_has_its_own_words_a_chart_of_a_notebook_and_a_picture_of_each_chapter_that_has_one()
    {
        _folder.Write("docs/site/front-page.md", "# Learn it\n\n[Begin](../../notebooks/one.ipynb)\n\n![Of one](../../notebooks/one.ipynb)");

        SampleSite.Write(_folder);

        var page = Read("index.html");
        Assert.Contains("<h1 id=\"learn-it\">Learn it", page, StringComparison.Ordinal);
        Assert.Contains("drawFigure('front-figure'", page, StringComparison.Ordinal);
        Assert.Contains("<figcaption><a href=\"one.html\">Of one</a></figcaption>", page, StringComparison.Ordinal);
        Assert.Equal(["assets/covers/one.svg"], Regex.Matches(page, "<img src=\"([^\"]+)\" alt=\"\"").Select(match => match.Groups[1].Value));
        Assert.Contains("src=\"../assets/covers/one.svg\"", Read("zh/index.html"), StringComparison.Ordinal);
        Assert.Contains("class=\"panel\"", Read("assets/covers/one.svg"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_chart_without_data_takes_those_of_the_file_beside_the_words_of_the_front_page()
    {
        _folder.Write("docs/site/front-page.md", "# Learn it\n\n![Of one](../../notebooks/one.ipynb)");
        _folder.Write("docs/site/one.chart.json", """{"application/vnd.plotly.v1+json": {"data": [{"y": [42]}]}, "image/svg+xml": "<svg><g class=\"panel\"/></svg>"}""");
        SampleSite.Write(_folder);
        Assert.DoesNotContain("42", Figure(), StringComparison.Ordinal);

        SampleSite.Write(_folder, hasData: false);

        Assert.Contains("42", Figure(), StringComparison.Ordinal);

        string Figure() => Regex.Match(Read("index.html"), "drawFigure\\('front-figure'.*?</script>", RegexOptions.Singleline).Value;
    }

    [Fact]
    public void The_api_reference_is_linked_and_searched_where_it_is_and_not_mentioned_elsewhere()
    {
        SampleSite.Write(_folder);
        Assert.DoesNotContain("api/", Read("one.html"), StringComparison.Ordinal);

        _folder.Write("site/api/index.html", "<title>API</title>");
        _folder.Write("site/api/index.json", """{"x": {"href": "Lib.Trainer.html", "title": "Class Trainer", "summary": "Trains &amp; validates."}}""");
        SampleSite.Write(_folder);

        Assert.Contains("<a href=\"api/index.html\">API reference</a>", Read("one.html"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"../api/index.html\">API 参考</a>", Read("zh/one.html"), StringComparison.Ordinal);
        Assert.Contains("\"page\":\"../api/Lib.Trainer.html\",\"title\":\"Class Trainer\",\"sections\":[[\"\",\"Class Trainer\",\"Trains & validates.\"]]", Read("assets/search.zh-CN.js"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_heading_called_as_a_part_of_the_page_has_another_id()
    {
        var page = HtmlPage.Write(NotebookDocument.Create(NotebookCell.Markdown("# Main")));

        Assert.Contains("<h1 id=\"main-1\">", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "id=\"main\""));
    }

    [Fact]
    public void Parts_under_further_first_headings_move_down_a_level()
    {
        var page = HtmlPage.Write(NotebookDocument.Create(NotebookCell.Markdown("# T\n\n## A\n\n# Room\n\n## B")));

        Assert.Equal(["h1", "h2", "h2", "h3"], Regex.Matches(page, "<(h\\d) id=").Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Solutions_are_folded()
    {
        SampleSite.Write(_folder);

        Assert.Contains("<details><summary>Solution</summary>\n<pre class=\"source\"", Read("one.html"), StringComparison.Ordinal);
        Assert.Contains("<details><summary>参考答案</summary>", Read("zh/one.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_loaded_from_elsewhere()
    {
        var site = SampleSite.Write(_folder, new GitHubRepository("owner/name"));
        foreach (var path in Directory.EnumerateFiles(site, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".ipynb", StringComparison.Ordinal)))
            Assert.DoesNotMatch(Loading(), File.ReadAllText(path));
    }

    [Fact]
    public void Pages_lead_to_the_repository_where_there_is_one()
    {
        SampleSite.Write(_folder);
        Assert.DoesNotContain("github", Read("one.html") + Read("index.html"), StringComparison.OrdinalIgnoreCase);

        SampleSite.Write(_folder, new GitHubRepository("owner/name"));
        Assert.Contains("<a href=\"https://codespaces.new/owner/name?quickstart=1\">Open in Codespaces</a>", Read("one.html"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://github.com/owner/name/blob/HEAD/notebooks/one.ipynb\">在 GitHub 上查看</a>", Read("zh/one.html"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"notebooks/one.ipynb\" download>", Read("zh/one.html"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://github.com/owner/name.git", "owner/name")]
    [InlineData("https://token@github.com/owner/na.me", "owner/na.me")]
    [InlineData("git@github.com:owner/name.git", "owner/name")]
    [InlineData("ssh://git@github.com/owner/name", "owner/name")]
    [InlineData("https://gitlab.com/owner/name.git", null)]
    [InlineData("https://example.org/github.com/owner/name", null)]
    [InlineData("", null)]
    public void A_remote_on_github_is_recognized(string address, string? expected)
        => Assert.Equal(expected, GitHubRepository.OfAddress(address)?.Name);

    private string Read(string name) => File.ReadAllText(Path.Combine(_folder["site"], name));

    // everything but links that a reader clicks
    [GeneratedRegex("""(src|srcset|poster|data)="(https?:)?//|<link[^>]* href="(https?:)?//|url\(["']?(https?:)?//|@import|fetch\(|XMLHttpRequest|sendBeacon""")]
    private static partial Regex Loading();
}
