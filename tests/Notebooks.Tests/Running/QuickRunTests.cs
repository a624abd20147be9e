using NotebookHost.Running;

namespace Notebooks.Tests.Running;

/// <summary>Every chapter runs to its end with its quick settings, on the data sets that the machine has.</summary>
[TestCaseOrderer("Notebooks.Tests.Running.AskedFor", "Notebooks.Tests")]
public sealed class QuickRunTests(QuickRunTests.Runs runs) : IClassFixture<QuickRunTests.Runs>
{
    public static TheoryData<string> Chapters => [.. CourseTable.Written];

    [Theory]
    [MemberData(nameof(Chapters))]
    public async Task It_runs_to_its_end_and_its_point_comes_out(string chapter)
    {
        var result = await runs.Of(chapter);
        Assert.True(result.Status == RunStatus.Succeeded, result.Failure);
        Assert.DoesNotContain("warning CS", string.Concat(result.Document.CodeCells.Select(cell => cell.Outputs.ToJsonString())), StringComparison.Ordinal);
    }

    public sealed class Runs() : QuickRuns(typeof(QuickRunTests))
    {
        protected override IEnumerable<(string Name, string? Value)> Environment(string folder) => [("DATASETS_OFFLINE", "1")];
    }
}
