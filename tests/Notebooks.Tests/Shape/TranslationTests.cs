using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Markdig;
using NotebookHost.Notebooks;

namespace Notebooks.Tests.Shape;

/// <summary>What docs/chapters.md asks of the Chinese texts, as far as a program can tell.</summary>
public sealed partial class TranslationTests
{
    public static TheoryData<string> Chapters => [.. CourseTable.Written];

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Each_cell_of_prose_has_its_Chinese_beside_it(string chapter)
    {
        foreach (var (cell, chinese) in Prose(chapter))
        {
            Assert.True(
                ChinesePattern().IsMatch(chinese),
                $"{chapter}: the metadata of cell '{cell.Id}' have no \"translations\": {{\"zh-CN\": [\"…\"]}} in Chinese.");
        }
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void The_Chinese_is_built_as_the_English_is(string chapter)
    {
        foreach (var (cell, chinese) in Prose(chapter))
        {
            foreach (var (what, parts) in _parts)
            {
                Assert.True(
                    parts(cell.Source).SequenceEqual(parts(chinese), StringComparer.Ordinal),
                    $"{chapter}: cell '{cell.Id}' and its Chinese differ in their {what}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void The_Chinese_names_all_code_that_the_English_names(string chapter)
    {
        foreach (var (cell, chinese) in Prose(chapter))
        {
            var missing = Code(cell.Source).Except(Code(chinese), StringComparer.Ordinal).ToList();
            Assert.True(missing.Count == 0, $"{chapter}: the Chinese of cell '{cell.Id}' does not name {string.Join(", ", missing)}.");
        }
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Bold_text_in_the_Chinese_ends_where_Markdown_sees_it(string chapter)
    {
        foreach (var (cell, chinese) in Prose(chapter))
        {
            var shown = HtmlCodePattern().Replace(Markdown.ToHtml(chinese), "");
            Assert.False(shown.Contains("**", StringComparison.Ordinal), $"{chapter}: cell '{cell.Id}': a ** of the Chinese shows as such: put punctuation outside.");
        }
    }

    private static readonly (string What, Func<string, IEnumerable<string>> Parts)[] _parts =
    [
        ("headings", text => HeadingPattern().Matches(text).Select(match => match.Value)),
        // diagrams have a Chinese version: DiagramTests
        ("link targets", text => LinkPattern().Matches(text).Select(match => match.Value.Replace("images/zh-CN/", "images/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)),
        ("list items", text => ItemPattern().Matches(text).Select(_ => "-")),
        ("table rows", text => RowPattern().Matches(text).Select(_ => "|")),
        ("code blocks", text => FencePattern().Matches(text).Select(match => match.Value)),
    ];

    /// <summary>Returns the Markdown cells of a chapter with their Chinese texts.</summary>
    internal static IEnumerable<(NotebookCell Cell, string Chinese)> Prose(string chapter)
        => ShapeTests.Read(chapter).Cells
            .Where(cell => cell.Kind == CellKind.Markdown)
            .Select(cell => (cell, string.Concat((cell.Metadata["translations"]?["zh-CN"] as JsonArray ?? []).Select(line => (string?)line))));

    private static HashSet<string> Code(string text)
        => [.. CodePattern().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex ChinesePattern();

    [GeneratedRegex("^#+ ", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"\]\([^)]+\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"^\s*(?:[-*]|\d+\.) ", RegexOptions.Multiline)]
    private static partial Regex ItemPattern();

    [GeneratedRegex(@"^\|", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    [GeneratedRegex("^```.*$", RegexOptions.Multiline)]
    private static partial Regex FencePattern();

    [GeneratedRegex("<code.*?</code>", RegexOptions.Singleline)]
    private static partial Regex HtmlCodePattern();

    [GeneratedRegex("(?<!`)`[^`\n]+`(?!`)")]
    private static partial Regex CodePattern();
}
