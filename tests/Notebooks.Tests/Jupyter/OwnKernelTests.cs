using NotebookHost.Running;

namespace Notebooks.Tests.Jupyter;

/// <summary>Every chapter runs to its end in Jupyter on this project's kernel, without data sets and without a network, on generated images.</summary>
[TestCaseOrderer("Notebooks.Tests.Running.AskedFor", "Notebooks.Tests")]
public sealed class OwnKernelTests(OwnKernelTests.Runs runs) : IClassFixture<OwnKernelTests.Runs>
{
    public static TheoryData<string> Chapters => [.. CourseTable.Written];

    [TheoryWithNbclient]
    [MemberData(nameof(Chapters))]
    public async Task It_runs_to_its_end_in_Jupyter_without_data_sets(string chapter)
    {
        var error = await runs.ErrorOf(chapter);
        Assert.True(error is null, error);
    }

    public sealed class Runs() : JupyterRuns(typeof(OwnKernelTests))
    {
        protected override string Kernel => "csharp";

        protected override IEnumerable<(string Name, string? Value)> Environment(string folder) => [("DATASETS", null), ("XDG_CACHE_HOME", folder)];

        protected override Task InstallAsync(string prefix)
            => RunToEndAsync("dotnet", typeof(NotebookJob).Assembly.Location, "kernel", "install", "--prefix", prefix);
    }
}
