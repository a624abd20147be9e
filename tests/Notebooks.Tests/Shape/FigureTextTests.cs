using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookHost.Export.Html;
using NotebookHost.Notebooks;

namespace Notebooks.Tests.Shape;

/// <summary>The texts that the chapters write into their figures are in both languages.</summary>
public sealed partial class FigureTextTests
{
    public static TheoryData<string> Chapters => [.. CourseTable.Written];

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Titles_and_axes_of_figures_have_their_Chinese(string chapter)
    {
        var missing =
            from cell in ShapeTests.Read(chapter).CodeCells
            from match in TitlePattern().Matches(cell.Source)
            let text = match.Groups["text"].Value
            where WordPattern().IsMatch(text) && Chinese(cell)?.ContainsKey(text) != true
            select $"{cell.Id}: {text}";

        Assert.Equal([], missing);
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void What_is_translated_is_Chinese_with_the_same_values_in_it(string chapter)
    {
        var wrong =
            from cell in ShapeTests.Read(chapter).CodeCells
            from entry in Chinese(cell) ?? []
            let chinese = (string)entry.Value!
            where !IdeographPattern().IsMatch(chinese) || !Holes(entry.Key).SequenceEqual(Holes(chinese))
            select $"{cell.Id}: {entry.Key} → {chinese}";

        Assert.Equal([], wrong);
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Figures_of_a_Chinese_page_have_no_English_phrases(string chapter)
    {
        var page = HtmlPage.Write(ShapeTests.Read(chapter), new HtmlPageOptions { Language = ReadingLanguage.Chinese });

        var english =
            from match in DrawnPattern().Matches(page)
            let text = WebUtility.HtmlDecode(match.Groups["text"].Value)
            where PhrasePattern().IsMatch(text) || LibraryPattern().IsMatch(text)
            select text;

        // the name of a run, and a sentence that is an input
        Assert.Equal([], english.Distinct().Where(text => !text.Contains("by name", StringComparison.Ordinal) && !text.StartsWith("the cat sees", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Pictures_of_solutions_are_Chinese_in_a_Chinese_page(string chapter)
    {
        var page = HtmlPage.Write(ShapeTests.Read(chapter), new HtmlPageOptions { Language = ReadingLanguage.Chinese, Folder = CourseTable.Folder });

        var english =
            from image in EmbeddedPattern().Matches(page)
            from match in DrawnPattern().Matches(Encoding.UTF8.GetString(Convert.FromBase64String(image.Groups["svg"].Value)))
            let text = WebUtility.HtmlDecode(match.Groups["text"].Value)
            where PhrasePattern().IsMatch(text) || LibraryPattern().IsMatch(text)
            select text;

        Assert.Equal([], english);
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Pictures_of_solutions_have_the_titles_of_their_code(string chapter)
    {
        var missing =
            from cell in ShapeTests.Read(chapter).Cells.Where(FoldedSolutions.IsSolution)
            let drawn = string.Concat(PicturePattern().Matches(cell.Source).Where(match => match.Value.EndsWith(".svg", StringComparison.Ordinal)).Select(match => File.ReadAllText(Path.Combine(CourseTable.Folder, match.Value))))
            where drawn.Length > 0
            from title in TitlePattern().Matches(FoldedSolutions.Code(cell) ?? "").Select(match => match.Groups["text"].Value)
            where !title.Contains('{', StringComparison.Ordinal) && !WebUtility.HtmlDecode(drawn).Contains(title, StringComparison.Ordinal)
            select $"{cell.Id}: {title}";

        Assert.Equal([], missing);
    }

    [Fact]
    public void Each_picture_of_a_solution_is_shown_by_a_chapter()
    {
        var shown =
            from chapter in CourseTable.Written
            from cell in ShapeTests.Read(chapter).Cells.Where(FoldedSolutions.IsSolution)
            from match in PicturePattern().Matches(cell.Source)
            select Path.GetFileName(match.Value);

        Assert.Equal(Directory.EnumerateFiles(Path.Combine(CourseTable.Folder, "images", "solutions")).Select(path => Path.GetFileName(path)).Order(), shown.Order());
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Everything_in_a_picture_has_a_place(string chapter)
    {
        var page = HtmlPage.Write(ShapeTests.Read(chapter));

        Assert.Equal([], NowherePattern().Matches(page).Select(match => match.Value).Distinct());
    }

    private static JsonObject? Chinese(NotebookCell cell) => (cell.Metadata["translations"] as JsonObject)?["zh-CN"] as JsonObject;

    private static IEnumerable<string> Holes(string text) => HolePattern().Matches(text).Select(match => match.Value);

    [GeneratedRegex("""(?:new (?:Axis|Panel|Layout)|Chart\.(?:Line|Bar|Histogram))\(\s*\$?"(?<text>[^"]+)"(?=[,)])""")]
    private static partial Regex TitlePattern();

    [GeneratedRegex("""\s(?:x|y|cx|cy|width|height|d|points)="[^"]*(?:Infinity|NaN|∞)""")]
    private static partial Regex NowherePattern();

    [GeneratedRegex(@"(?<=\]\()images/solutions/[^)]+(?=\))")]
    private static partial Regex PicturePattern();

    [GeneratedRegex("src=\"data:image/svg\\+xml;base64,(?<svg>[^\"]+)\"[^>]*alt=\"代码绘制的图\"")]
    private static partial Regex EmbeddedPattern();

    [GeneratedRegex("<text[^>]*>(?<text>[^<]*)</text>")]
    private static partial Regex DrawnPattern();

    // names of runs, layers and classes are single words
    [GeneratedRegex(@"(?<![\w.])[a-z]{2,} [a-z]{2,}(?![\w=.])")]
    private static partial Regex PhrasePattern();

    [GeneratedRegex("^(?:loss|epoch|step|accuracy|training|validation|count|samples|value|Confusion matrix|Learning curves|(?:.* · |.*, )(?:training|validation))$")]
    private static partial Regex LibraryPattern();

    // symbols such as "w" and "x1 + x2" are the same in both languages
    [GeneratedRegex("[A-Za-z]{3}")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex IdeographPattern();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex HolePattern();
}
