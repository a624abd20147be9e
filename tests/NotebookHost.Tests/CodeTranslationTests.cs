using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NotebookHost.Checks;
using NotebookHost.Export.Html;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests;

/// <summary>The texts of figures in further languages, in the metadata of the code cells that draw them.</summary>
public sealed partial class CodeTranslationTests : IDisposable
{
    private const string Svg = """
        <svg><title>Loss</title><text>Loss</text><text>epoch</text><text>rate 0.1</text><text>rate 0.01: 3, 4</text><text>seed &amp; loss</text></svg>
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Literals_of_the_code_and_texts_of_its_pictures_are_in_the_language_of_the_copy()
    {
        var copy = Translation.Of(Document(), ReadingLanguage.Chinese).Cells[0];

        Assert.Contains("""new object[] { "损失", "轮", $"学习率 {lr}", epochs["epoch"] }""", copy.Source, StringComparison.Ordinal);
        Assert.Equal(
            "<svg><title>损失</title><text>损失</text><text>轮</text><text>学习率 0.1</text><text>学习率 0.01: 3, 4</text><text>seed &amp; loss</text></svg>",
            Picture(copy).Trim());
        Assert.False(copy.Metadata.ContainsKey("translations"));
    }

    [Fact]
    public void The_data_of_a_chart_has_the_texts_of_its_picture_and_its_settings_stay()
    {
        var document = Document();
        document.Cells[0].Outputs[0]!["data"]!["application/vnd.plotly.v1+json"] = JsonNode.Parse(
            """{"data": [{"name": "Loss", "legendgroup": "Loss", "x": ["epoch", 1], "text": ["rate 0.01: 3"]}], "layout": {"title": {"text": "Loss", "font": {"family": "Loss"}}}}""");

        var copy = Translation.Of(document, ReadingLanguage.Chinese).Cells[0];

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(
                """{"data": [{"name": "损失", "legendgroup": "Loss", "x": ["轮", 1], "text": ["学习率 0.01: 3"]}], "layout": {"title": {"text": "损失", "font": {"family": "Loss"}}}}"""),
            copy.Outputs[0]!["data"]!["application/vnd.plotly.v1+json"]));
    }

    [Fact]
    public void A_picture_has_the_texts_of_the_cell_whose_function_drew_it()
    {
        var document = Document();
        var caller = NotebookCell.Code("Draw(\"Loss\")");
        caller.Outputs.Add(document.Cells[0].Outputs[0]!.DeepClone());
        document.Cells[0].Outputs.Clear();

        document.Insert(1, caller);

        var copy = Translation.Of(document, ReadingLanguage.Chinese).Cells[1];

        Assert.Contains("<title>损失</title>", Picture(copy), StringComparison.Ordinal);
        Assert.Equal("Draw(\"Loss\")", copy.Source);
    }

    [Fact]
    public void A_picture_of_a_solution_is_in_the_language_of_the_page()
    {
        _folder.Write("drawn.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>Loss</text></svg>");
        var document = Document();
        document.Insert(1, NotebookCell.Markdown("![the loss](drawn.svg)", "solution"));
        document.Insert(2, NotebookCell.Markdown("![the loss](drawn.svg)"));

        var page = HtmlPage.Write(document, new HtmlPageOptions { Language = ReadingLanguage.Chinese, Folder = _folder.Path });

        Assert.Equal(["损失", "Loss"], EmbeddedPattern().Matches(page).Select(match => XElement.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(match.Value))).Value));
    }

    [Fact]
    public void Texts_that_a_library_writes_are_in_the_metadata_of_the_notebook()
    {
        var document = Drawn(
            "<svg><title>Runs by loss</title><text>CNN · training: 1, 0.5</text><text>loss, smoothed</text><text>loss, CNN: 0.5</text><text>map  [3, 3]</text></svg>");
        document.Metadata["translations"] = JsonNode.Parse(
            """{"zh-CN": {"{name} · training": "{name} · 训练", "loss": "损失", "loss, smoothed": "平滑后的损失", "Runs by {metric}": "各次运行，按{metric}", "map": "图"}}""");

        var copy = Translation.Of(document, ReadingLanguage.Chinese);

        Assert.Equal(
            "<svg><title>各次运行，按损失</title><text>CNN · 训练: 1, 0.5</text><text>平滑后的损失</text><text>损失, CNN: 0.5</text><text>图  [3, 3]</text></svg>",
            Picture(copy.Cells[0]));
        Assert.False(copy.Metadata.ContainsKey("translations"));
        Assert.Empty(new NotebookChecker().Check(_folder.Write("n.ipynb", document.ToJson())).Problems);
    }

    [Fact]
    public void Nb_check_names_translations_of_a_notebook_that_are_no_texts()
    {
        var document = NotebookDocument.Create(NotebookCell.Code("1"));
        document.Metadata["translations"] = JsonNode.Parse("""{"zh-CN": ["损失"]}""");

        var problem = Assert.Single(new NotebookChecker().Check(_folder.Write("n.ipynb", document.ToJson())).Problems);

        Assert.Contains("'metadata.translations' is not an object", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void In_English_code_and_pictures_stay_as_they_are()
    {
        var document = Document();

        var copy = Translation.Of(document, ReadingLanguage.English).Cells[0];

        Assert.Equal(document.Cells[0].Source, copy.Source);
        Assert.Equal(Svg.Trim(), Picture(copy).Trim());
    }

    [Fact]
    public void A_page_in_Chinese_shows_them_and_the_notebook_stays_as_it_was()
    {
        var document = Document();
        var before = document.ToJson();

        var chinese = HtmlPage.Write(document, new HtmlPageOptions { Language = ReadingLanguage.Chinese });

        Assert.Contains("学习率 0.1</text>", chinese, StringComparison.Ordinal);
        Assert.DoesNotContain("rate 0.1</text>", chinese, StringComparison.Ordinal);
        Assert.Contains("rate 0.1</text>", HtmlPage.Write(document), StringComparison.Ordinal);
        Assert.Equal(before, document.ToJson());
    }

    [Fact]
    public void Nb_check_accepts_them_and_stripping_keeps_them()
    {
        var document = Document();
        NotebookStripper.Strip(document);

        Assert.Empty(new NotebookChecker().Check(_folder.Write("n.ipynb", document.ToJson())).Problems);
        Assert.Contains("学习率 {lr}", document.ToJson(), StringComparison.Ordinal);
    }

    private static NotebookDocument Document()
    {
        var document = Drawn(Svg.Trim());
        document.Cells[0].Source = """
            var (lr, epochs) = (0.1, new Dictionary<string, int> { ["ep" + "och"] = 1 });
            new object[] { "Loss", "epoch", $"rate {lr}", epochs["epoch"] }
            """;
        document.Cells[0].Metadata["translations"] = JsonNode.Parse("""{"zh-CN": {"Loss": "损失", "epoch": "轮", "rate {lr}": "学习率 {lr}"}}""");
        return document;
    }

    private static NotebookDocument Drawn(string svg)
    {
        var cell = NotebookCell.Code("1 + 1");
        cell.Outputs.Add(new JsonObject
        {
            ["data"] = new JsonObject { ["image/svg+xml"] = new JsonArray(svg), ["text/plain"] = new JsonArray("Loss") },
            ["metadata"] = new JsonObject(),
            ["output_type"] = "display_data",
        });
        return NotebookDocument.Create(cell);
    }

    private static string Picture(NotebookCell cell) => MultilineText.Join(cell.Outputs[0]!["data"]!["image/svg+xml"])!;

    [GeneratedRegex("(?<=src=\"data:image/svg\\+xml;base64,)[^\"]+")]
    private static partial Regex EmbeddedPattern();
}
