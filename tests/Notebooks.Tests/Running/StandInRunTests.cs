using NotebookHost.Running;

namespace Notebooks.Tests.Running;

/// <summary>Every chapter that loads a data set also runs without data sets and without a network, on generated images.</summary>
[TestCaseOrderer("Notebooks.Tests.Running.AskedFor", "Notebooks.Tests")]
public sealed class StandInRunTests(StandInRunTests.Runs runs) : IClassFixture<StandInRunTests.Runs>
{
    public static TheoryData<string> Chapters => [.. CourseTable.Written.Where(LoadsImages)];

    [Theory]
    [MemberData(nameof(Chapters))]
    public async Task It_runs_to_its_end_without_data_sets(string chapter)
    {
        var result = await runs.Of(chapter);
        Assert.True(result.Status == RunStatus.Succeeded, result.Failure);
    }

    private static bool LoadsImages(string chapter)
        => File.ReadAllText(Path.Combine(CourseTable.Folder, chapter)).Contains("Mnist.", StringComparison.Ordinal);

    public sealed class Runs() : QuickRuns(typeof(StandInRunTests))
    {
        protected override IEnumerable<(string Name, string? Value)> Environment(string folder) =>
        [
            ("DATASETS_OFFLINE", "1"),
            ("DATASETS", null),
            ("XDG_CACHE_HOME", folder),
        ];
    }
}
