using System.Text.RegularExpressions;
using NotebookHost.Notebooks;

namespace Notebooks.Tests.Shape;

/// <summary>The habits of teaching that docs/chapters.md asks for, and what front ends make of headings and tables.</summary>
public sealed partial class TeachingTests
{
    public static TheoryData<string> Chapters => [.. CourseTable.Written];

    [Theory]
    [MemberData(nameof(Chapters))]
    public void It_asks_for_a_prediction_before_a_cell_that_answers_it(string chapter)
    {
        var cells = ShapeTests.Read(chapter).Cells;
        var asking = Enumerable.Range(0, cells.Count - 1).Where(i => cells[i].Source.Contains("**Predict before you run:**", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(asking);
        Assert.All(asking, i => Assert.Equal(CellKind.Code, cells[i + 1].Kind));
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void It_has_one_heading_of_the_first_level(string chapter)
    {
        var headings = ShapeTests.Read(chapter).Cells.Where(cell => cell.Kind == CellKind.Markdown)
            .SelectMany(cell => FirstLevelPattern().Matches(FencePattern().Replace(cell.Source, "")).Select(_ => cell.Id));

        Assert.Single(headings);
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Its_tables_say_how_their_columns_are_aligned(string chapter)
    {
        // a front end aligns a column right that says nothing
        var silent = ShapeTests.Read(chapter).Cells.Where(cell => cell.Kind == CellKind.Markdown)
            .Where(cell => SilentColumnPattern().IsMatch(FencePattern().Replace(cell.Source, ""))).Select(cell => cell.Id);

        Assert.Equal([], silent);
    }

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencePattern();

    [GeneratedRegex("^# ", RegexOptions.Multiline)]
    private static partial Regex FirstLevelPattern();

    [GeneratedRegex(@"^\|(?=[\s:|-]+$).*\|\s*-+\s*\||^\|\s*-+\s*\|(?=[\s:|-]*$)", RegexOptions.Multiline)]
    private static partial Regex SilentColumnPattern();
}
