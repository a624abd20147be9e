using NotebookHost.Notebooks;
using NotebookHost.Tests.Export.Site;

namespace NotebookHost.Tests.Export;

/// <summary>nb export --lang and --site as a process.</summary>
public sealed class ExportLanguageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExportLanguageTests()
    {
        _folder.Write("notebooks/images/dot.svg", "<svg/>");
        _folder.Write("notebooks/images/zh-CN/dot.svg", "<svg xml:lang=\"zh-CN\"/>");
        NotebookDocument.Create(
            SampleSite.Prose("# One\n\n![a dot](images/dot.svg)", "# 一\n\n![点](images/zh-CN/dot.svg)"),
            NotebookCell.Code("#r \"../bin/Library.dll\"\n#r \"nuget: Some/Package\"\n#r \"System.Xml\"\nConsole.WriteLine(1);")).Write(_folder["notebooks/one.ipynb"]);
        NotebookDocument.Create(NotebookCell.Markdown("# Two")).Write(_folder["notebooks/two.ipynb"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("html", "zh", "<html lang=\"zh-CN\">")]
    [InlineData("html", "en", "<html lang=\"en\">")]
    [InlineData("md", "zh-CN", "# 一\n")]
    [InlineData("md", "en", "# One\n")]
    public async Task Prose_is_in_the_language_asked_for(string format, string language, string expected)
    {
        Assert.Equal(0, (await NbProcess.RunAsync(_folder.Path, "export", "notebooks/one.ipynb", "--to", format, "--lang", language, "--out", "out")).Code);

        Assert.Contains(expected, File.ReadAllText(_folder[$"out/one.{format}"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_has_its_comments_in_the_language_asked_for()
    {
        NotebookDocument.Create(SampleSite.Prose("# One", "# 一"), NotebookCell.Code("Console.WriteLine(1);")).Write(_folder["p.ipynb"]);

        Assert.Equal((0, "p.cs\n", ""), await NbProcess.RunAsync(_folder.Path, "export", "p.ipynb", "--to", "cs", "--lang", "zh", "--out", "p.cs"));

        Assert.Contains("// # 一\n", File.ReadAllText(_folder["p.cs"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_elsewhere_finds_what_it_loads_and_shows()
    {
        Assert.Equal(
            (0, "far/away/one.ipynb\nfar/away/two.ipynb (in English: the notebook has no translation to zh-CN)\n", ""),
            await NbProcess.RunAsync(_folder.Path, "export", "--to", "ipynb", "--lang", "zh", "--out", "far/away"));

        var copy = NotebookDocument.Read(_folder["far/away/one.ipynb"]);
        Assert.Equal("# 一\n\n![点](images/zh-CN/dot.svg)", copy.Cells[0].Source);
        Assert.Equal("#r \"../../bin/Library.dll\"\n#r \"nuget: Some/Package\"\n#r \"System.Xml\"\nConsole.WriteLine(1);", copy.Cells[1].Source);
        Assert.True(File.Exists(_folder["far/away/images/zh-CN/dot.svg"]));
        Assert.DoesNotContain("translations", copy.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--lang takes en or zh, not 'fr'. See: nb --help", "--to", "html", "--lang", "fr")]
    [InlineData("--repository takes owner/name, not 'name'. See: nb --help", "--to", "html", "--site", "--repository", "name")]
    [InlineData("--repository requires --site. See: nb --help", "--to", "html", "--repository", "owner/name")]
    [InlineData("--site requires --to html and includes all languages and its own scripts, so it cannot be used with --lang or --sanitize. See: nb --help", "--to", "md", "--site")]
    [InlineData("A site does not fit into one file, site.html; specify a folder with --out.", "--to", "html", "--site", "--out", "site.html")]
    [InlineData("The copy of notebooks/one.ipynb would replace the notebook; specify another folder with --out.", "notebooks/one.ipynb", "--to", "ipynb", "--out", "notebooks")]
    public async Task A_usage_error_is_one_sentence(string message, params string[] arguments)
    {
        Assert.Equal((2, "", message + "\n"), await NbProcess.RunAsync(_folder.Path, ["export", .. arguments]));
    }

    [Fact]
    public async Task Help_is_given_to_who_does_not_say_the_format()
    {
        var (code, output, error) = await NbProcess.RunAsync(_folder.Path, "export", "--help");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("--lang <en|zh>", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_is_written_and_knows_the_repository_that_it_was_cloned_from()
    {
        await NbProcess.RunProgramAsync(_folder.Path, "git", "init", "--quiet");
        await NbProcess.RunProgramAsync(_folder.Path, "git", "remote", "add", "origin", "git@github.com:owner/name.git");

        Assert.Equal((0, "artifacts/site/index.html links to all pages (English, 中文)\n", ""), await NbProcess.RunAsync(_folder.Path, "export", "--to", "html", "--site"));

        Assert.Contains("https://github.com/owner/name/blob/HEAD/notebooks/one.ipynb", File.ReadAllText(_folder["artifacts/site/zh/one.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "one.diagram.svg", "images/dot.svg")]
    [InlineData("zh/", "one.zh-CN.diagram.svg", "images/zh-CN/dot.svg")]
    public async Task A_site_has_the_diagram_of_each_language_on_its_page_and_in_its_list(string pages, string cover, string diagram)
    {
        Assert.Equal(0, (await NbProcess.RunAsync(_folder.Path, "export", "--to", "html", "--site", "--out", "site")).Code);

        var drawing = File.ReadAllBytes(_folder[$"notebooks/{diagram}"]);
        Assert.Equal(drawing, File.ReadAllBytes(_folder[$"site/assets/covers/{cover}"]));
        Assert.Contains($"assets/covers/{cover}\"", File.ReadAllText(_folder[$"site/{pages}index.html"]), StringComparison.Ordinal);
        Assert.Contains($"<img src=\"data:image/svg+xml;base64,{Convert.ToBase64String(drawing)}\"", File.ReadAllText(_folder[$"site/{pages}one.html"]), StringComparison.Ordinal);
    }
}
