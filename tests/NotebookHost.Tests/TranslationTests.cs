using System.Text.Json.Nodes;
using NotebookHost.Checks;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests;

/// <summary>Prose in further languages, in the metadata of its cells.</summary>
public sealed class TranslationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_copy_in_a_language_has_its_prose_and_no_translations_and_keeps_what_is_not_translated()
    {
        var document = NotebookDocument.Create(Translated("# Title\n\nWords.", "# 标题\n\n文字。"), NotebookCell.Markdown("Only English."), NotebookCell.Code("1"));

        var copy = Translation.Of(document, ReadingLanguage.Chinese);

        Assert.Equal(["# 标题\n\n文字。", "Only English.", "1"], copy.Cells.Select(cell => cell.Source));
        Assert.DoesNotContain("translations", copy.ToJson(), StringComparison.Ordinal);
        Assert.Equal(document.Cells.Select(cell => cell.Id), copy.Cells.Select(cell => cell.Id));
        Assert.Contains("标题", document.ToJson(), StringComparison.Ordinal);
        Assert.Equal("# Title\n\nWords.", Translation.Of(document, ReadingLanguage.English).Cells[0].Source);
    }

    [Theory]
    [InlineData("zh", "zh-CN")]
    [InlineData("ZH-cn", "zh-CN")]
    [InlineData("en", "en")]
    [InlineData("zh-TW", null)]
    [InlineData("", null)]
    public void A_language_is_known_by_its_tag_with_or_without_region(string tag, string? expected)
        => Assert.Equal(expected, ReadingLanguage.Find(tag)?.Tag);

    [Fact]
    public void Stripping_and_saving_keep_them_as_they_are()
    {
        var document = NotebookDocument.Create(Translated("# Title\n\nWords.", "# 标题\n\n文字。"));
        var before = document.ToJson();

        Assert.Equal(before, CommittedForm.Of(document).ToJson());
        NotebookStripper.Strip(document);

        Assert.Equal(before, document.ToJson());
        Assert.Empty(new NotebookChecker().Check(_folder.Write("n.ipynb", before)).Problems);
    }

    [Fact]
    public void Lines_that_are_split_otherwise_are_not_canonical_and_fixed()
    {
        var document = NotebookDocument.Create(Translated("# T", "一\n二"));
        var canonical = document.ToJson();
        document.Cells[0].Metadata["translations"]!["zh-CN"] = new JsonArray("一", "\n二");
        var path = _folder.Write("n.ipynb", document.ToJson());

        Assert.Contains("nb check --fix", Assert.Single(new NotebookChecker().Check(path).Problems).ToString(), StringComparison.Ordinal);
        Assert.Empty(new NotebookChecker(new CheckOptions { Fix = true }).Check(path).Problems);

        Assert.Equal(canonical, File.ReadAllText(path));
    }

    [Theory]
    [InlineData("markdown", """{"zh-CN": "text"}""", "'metadata.translations.zh-CN' is not a list of strings")]
    [InlineData("markdown", """{"zh-CN": ["text", 1]}""", "'metadata.translations.zh-CN' is not a list of strings")]
    [InlineData("markdown", """{"zh": ["text"]}""", "'metadata.translations' has the unknown language 'zh'; known languages: zh-CN")]
    [InlineData("markdown", """["text"]""", "'metadata.translations' is not an object such as {\"zh-CN\": [\"…\"]}")]
    [InlineData("code", """{"zh-CN": ["text"]}""", "'metadata.translations.zh-CN' is not an object such as {\"text\": \"…\"}; in a code cell, it translates the texts of figures")]
    [InlineData("code", """{"zh-CN": {"loss": "损失"}}""", "'metadata.translations.zh-CN' translates \"loss\", which is not a string literal of the cell")]
    [InlineData("code", """["text"]""", "'metadata.translations' is not an object such as {\"zh-CN\": {\"text\": \"…\"}}")]
    public void A_malformed_one_is_named(string kind, string translations, string expected)
    {
        var cell = kind == "code" ? NotebookCell.Code("1") : NotebookCell.Markdown("x");
        cell.Metadata["translations"] = JsonNode.Parse(translations);
        var document = NotebookDocument.Create(cell);

        var problem = Assert.Single(new NotebookChecker().Check(_folder.Write("n.ipynb", document.ToJson())).Problems);

        Assert.Equal($"cells[0] ({document.Cells[0].Id}): {expected}", problem.ToString());
    }

    [Fact]
    public void A_path_of_one_machine_is_found_in_them_too()
    {
        var document = NotebookDocument.Create(Translated("x", "在 /home/somebody/data 里"));

        Assert.Contains("/home/somebody/data", Assert.Single(new NotebookChecker().Check(_folder.Write("n.ipynb", document.ToJson())).Problems).ToString(), StringComparison.Ordinal);
    }

    private static NotebookCell Translated(string english, string chinese)
    {
        var cell = NotebookCell.Markdown(english);
        cell.Metadata["translations"] = new JsonObject { ["zh-CN"] = MultilineText.Split(chinese) };
        return cell;
    }
}
