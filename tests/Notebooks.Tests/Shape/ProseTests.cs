using System.Text.RegularExpressions;
using NotebookHost.Notebooks;

namespace Notebooks.Tests.Shape;

/// <summary>What docs/chapters.md asks of a chapter's prose and pictures, as far as a program can tell.</summary>
public sealed partial class ProseTests
{
    public static TheoryData<string> Chapters => [.. CourseTable.Written];

    [Theory]
    [MemberData(nameof(Chapters))]
    public void It_says_no_number_that_depends_on_the_machine(string chapter)
    {
        foreach (var cell in Prose(chapter))
        {
            var number = MeasurementPattern().Match(CodePattern().Replace(cell.Source, ""));
            Assert.False(
                number.Success,
                $"{chapter}: cell '{cell.Id}' says '{number.Value}', which differs from machine to machine; point to the output instead.");
        }
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Its_English_headings_are_English(string chapter)
    {
        foreach (var cell in Prose(chapter))
        {
            foreach (Match heading in HeadingPattern().Matches(CodePattern().Replace(cell.Source, "")))
            {
                Assert.False(
                    ChinesePattern().IsMatch(heading.Value),
                    $"{chapter}: cell '{cell.Id}': the heading '{heading.Value}' has Chinese in it; the Chinese edition has its own headings.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void It_calls_the_tutorials_tutorials(string chapter)
    {
        foreach (var cell in ShapeTests.Read(chapter).Cells)
        {
            Assert.False(
                SeedPattern().IsMatch(cell.Source),
                $"{chapter}: cell '{cell.Id}' says 'seed 00N'; readers know these texts as tutorials: 'tutorial 00N'.");
        }
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Its_diagrams_are_files_that_show_everywhere(string chapter)
    {
        foreach (var cell in Prose(chapter))
        {
            Assert.False(
                cell.Source.Contains("```mermaid", StringComparison.Ordinal) || cell.Source.Contains("<svg", StringComparison.Ordinal),
                $"{chapter}: cell '{cell.Id}' has a diagram that GitHub does not show in notebooks; make it a file in notebooks/images.");
            foreach (Match image in ImagePattern().Matches(cell.Source))
            {
                var (words, file) = (image.Groups["words"].Value, image.Groups["file"].Value);
                Assert.True(File.Exists(Path.Combine(CourseTable.Folder, file)), $"{chapter}: cell '{cell.Id}' shows {file}, which is not there.");
                Assert.True(words.Length >= 10, $"{chapter}: cell '{cell.Id}' does not say in words what {file} shows.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Each_what_to_notice_follows_an_output(string chapter)
    {
        var cells = ShapeTests.Read(chapter).Cells;
        for (var i = 0; i < cells.Count; i++)
        {
            if (!cells[i].Source.StartsWith("**What to notice.**", StringComparison.Ordinal))
                continue;
            Assert.True(
                i > 0 && cells[i - 1].Kind == CellKind.Code && cells[i - 1].Outputs.Count > 0,
                $"{chapter}: cell '{cells[i].Id}' says what to notice, but the cell above it shows nothing.");
        }
    }

    private static IEnumerable<NotebookCell> Prose(string chapter)
        => ShapeTests.Read(chapter).Cells.Where(cell => cell.Kind == CellKind.Markdown);

    // a duration, a rate, a speed-up
    [GeneratedRegex(
        @"\b\d[\d.,]*\s*(ms|µs|us|ns|s|sec|secs|seconds?|minutes?|mins?)\b|\b\d[\d.,]*\s*(images|samples|batches|it)(/| per )s"
        + @"|\b\d[\d.,]*\s*[TG]FLOPS?|\b(\d[\d.,]*|twice|three|four|five|ten)\s*(x|×|times)?\s*(faster|slower|as fast|as slow)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex MeasurementPattern();

    [GeneratedRegex("^#+ .*$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex ChinesePattern();

    [GeneratedRegex(@"\bseeds? 00\d")]
    private static partial Regex SeedPattern();

    [GeneratedRegex(@"```.*?```|`[^`]*`", RegexOptions.Singleline)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"!\[(?<words>[^\]]*)\]\((?<file>[^):]+)\)")]
    private static partial Regex ImagePattern();
}
