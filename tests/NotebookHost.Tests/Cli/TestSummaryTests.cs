using NotebookHost.Cli.Repository;

namespace NotebookHost.Tests.Cli;

public sealed class TestSummaryTests
{
    [Fact]
    public void Projects_are_added_up_and_reasons_are_counted()
    {
        var text = Write(
            "[xUnit.net 00:00:00.30]     One.Tests.A [SKIP]",
            "[xUnit.net 00:00:00.30]       MPI is not installed",
            "[xUnit.net 00:00:00.31]     One.Tests.B [SKIP]",
            "[xUnit.net 00:00:00.31]       MPI is not installed",
            "Passed!  - Failed:     0, Passed:    26, Skipped:     2, Total:    28, Duration: 1 s - One.Tests.dll (net10.0)",
            "Passed!  - Failed:     0, Passed:     4, Skipped:     0, Total:     4, Duration: 1 s - Two.Tests.dll (net10.0)");

        Assert.Equal(["skipped, 2: MPI is not installed", "30 passed, 0 failed, 2 skipped"], text.Lines);
        Assert.True(text.HasPassed);
    }

    [Fact]
    public void Figures_on_lines_of_their_own_are_added_up_too()
        => Assert.Equal(["5 passed, 0 failed, 1 skipped"], Write("     Passed: 5", "    Skipped: 1").Lines);

    [Fact]
    public void How_long_each_project_took_comes_first()
    {
        var summary = new TestSummary();
        summary.Read("     Passed: 5");
        summary.Ended("One.Tests", TimeSpan.FromSeconds(12.4), code: 0);
        summary.Ended("Two.Tests", TimeSpan.FromMinutes(3), code: 0);

        Assert.Equal(["    12 s  One.Tests", "   180 s  Two.Tests", "5 passed, 0 failed, 0 skipped"], Lines(summary));
    }

    [Fact]
    public void A_project_that_ends_without_results_is_named_and_no_success()
    {
        var summary = new TestSummary();
        summary.Read("     Passed: 5");
        summary.Ended("One.Tests", TimeSpan.FromSeconds(1), code: 0);
        summary.Ended("Two.Tests", TimeSpan.FromSeconds(2), code: 1);

        Assert.Contains("aborted: Two.Tests ended with exit code 1 before it reported its results", Lines(summary));
        Assert.False(summary.HasPassed);
    }

    [Theory]
    [InlineData("Failed!  - Failed:     1, Passed:    26, Skipped:     0, Total:    27, Duration: 1 s - One.Tests.dll (net10.0)")]
    [InlineData("The argument One.Tests.dll is invalid.")]
    public void A_failure_and_no_test_at_all_are_no_success(string line) => Assert.False(Write(line).HasPassed);

    private static (string[] Lines, bool HasPassed) Write(params string[] lines)
    {
        var summary = new TestSummary();
        foreach (var line in lines)
            summary.Read(line);
        return (Lines(summary), summary.HasPassed);
    }

    private static string[] Lines(TestSummary summary)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        summary.Write(writer);
        return writer.ToString().TrimEnd('\n').Split('\n');
    }
}
