using System.Net;
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
