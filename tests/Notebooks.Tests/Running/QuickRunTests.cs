using NotebookHost.Running;

namespace Notebooks.Tests.Running;

/// <summary>Every chapter runs to its end with its quick settings, on the data sets of the machine.</summary>
[TestCaseOrderer("Notebooks.Tests.Running.AskedFor", "Notebooks.Tests")]
public sealed class QuickRunTests(QuickRuns runs) : IClassFixture<QuickRuns>
{
    public static TheoryData<string> Chapters => [.. CourseTable.Written];

    [Theory]
    [MemberData(nameof(Chapters))]
    public async Task It_runs_to_its_end_and_its_point_comes_out(string chapter)
    {
        var result = await runs.Of(chapter);
        Assert.True(result.Status == RunStatus.Succeeded, result.Failure);
        // neither of the compiler nor of the analyzers, also not in the solutions, which nb check does not read
        Assert.DoesNotMatch("warning (CS|TN)[0-9]", string.Concat(result.Document.CodeCells.Select(cell => cell.Outputs.ToJsonString())));
    }
}
