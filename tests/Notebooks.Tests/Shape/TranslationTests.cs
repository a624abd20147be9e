using System.Text.RegularExpressions;
using NotebookHost.Notebooks;

namespace Notebooks.Tests.Shape;

/// <summary>Every chapter can be read in Chinese, and says there what it says in English.</summary>
public sealed partial class TranslationTests
{
    private const string Tag = "zh-CN";

    public static TheoryData<string> Chapters => [.. CourseTable.Written];

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Every_cell_of_prose_has_a_chinese_text(string chapter)
    {
        var missing = Prose(chapter).Where(cell => Chinese(cell) is null).Select(cell => cell.Id).ToList();
        Assert.True(missing.Count == 0, $"{chapter}: no Chinese text, metadata.translations.{Tag}, in the cells {string.Join(", ", missing)}.");
        foreach (var cell in Prose(chapter))
            Assert.True(ChinesePattern().IsMatch(Chinese(cell)!), $"{chapter}: cell '{cell.Id}': its {Tag} text has no Chinese in it.");
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void It_has_the_same_headings_links_images_and_code(string chapter)
    {
        foreach (var (cell, english, chinese) in Pairs(chapter))
        {
            Compare("headings", Found(HeadingPattern(), WithoutFences(english)), Found(HeadingPattern(), WithoutFences(chinese)));
            Compare("targets of links and images", Found(TargetPattern(), english).Order(), Found(TargetPattern(), chinese).Order());
            Compare("code blocks", Blocks(english), Blocks(chinese));

            void Compare(string what, IEnumerable<string> wanted, IEnumerable<string> found) => Assert.True(
                wanted.SequenceEqual(found, StringComparer.Ordinal),
                $"{chapter}: cell '{cell.Id}': its {Tag} text has other {what} than the English one: {string.Join(" | ", found)} instead of {string.Join(" | ", wanted)}.");
        }
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void It_has_as_many_items_and_rows(string chapter)
    {
        foreach (var (cell, english, chinese) in Pairs(chapter))
        {
            foreach (var (what, pattern) in ((string, Regex)[])[("items of lists", ItemPattern()), ("rows of tables", RowPattern())])
            {
                var (wanted, found) = (pattern.Count(WithoutFences(english)), pattern.Count(WithoutFences(chinese)));
                Assert.True(wanted == found, $"{chapter}: cell '{cell.Id}': its {Tag} text has {found} {what}, and the English one {wanted}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Its_emphasis_ends_where_markdown_sees_it(string chapter)
    {
        foreach (var (cell, _, chinese) in Pairs(chapter))
        {
            var unseen = UnseenEmphasisPattern().Match(chinese);
            Assert.False(unseen.Success, $"{chapter}: cell '{cell.Id}': '{unseen.Value}': ** after punctuation and before a letter does not end bold text.");
        }
    }

    private static IEnumerable<NotebookCell> Prose(string chapter)
        => ShapeTests.Read(chapter).Cells.Where(cell => cell.Kind == CellKind.Markdown);

    // a text that is missing is said once
    private static IEnumerable<(NotebookCell Cell, string English, string Chinese)> Pairs(string chapter)
        => Prose(chapter).Where(cell => Chinese(cell) is not null).Select(cell => (cell, cell.Source, Chinese(cell)!));

    private static string? Chinese(NotebookCell cell)
        => cell.Metadata["translations"]?[Tag] is { } lines ? string.Concat(lines.AsArray().Select(line => (string?)line)) : null;

    private static IEnumerable<string> Found(Regex pattern, string text) => pattern.Matches(text).Select(match => match.Value);

    // comments in them are translated
    private static IEnumerable<string> Blocks(string text)
        => Found(FencePattern(), text).Select(block => block.Split('\n')).Select(lines => $"{lines[0]} of {lines.Length} lines");

    private static string WithoutFences(string text) => FencePattern().Replace(text, "");

    [GeneratedRegex(@"[\u4e00-\u9fff]")]
    private static partial Regex ChinesePattern();

    [GeneratedRegex(@"^#{1,6}(?= )", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"(?<=\]\()[^)]+(?=\))")]
    private static partial Regex TargetPattern();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencePattern();

    [GeneratedRegex(@"^\s*(?:[-*]|\d+\.) ", RegexOptions.Multiline)]
    private static partial Regex ItemPattern();

    [GeneratedRegex(@"^\|", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    [GeneratedRegex(@"\*\*[^*\n]*[：，。、；）]\*\*(?=[\u4e00-\u9fffA-Za-z0-9])")]
    private static partial Regex UnseenEmphasisPattern();
}
