using System.CommandLine;
using System.Runtime.CompilerServices;
using Bench.Tutorials;

namespace Bench.Tests;

public sealed class TutorialsTests : IDisposable
{
    private static readonly TutorialRun _run = new("001-digits", 1, 5, 5)
    {
        TrainingAccuracy = 0.98,
        TestAccuracy = 0.97,
        BestTestAccuracy = 0.975,
        Seconds = 61,
        Machine = "a machine",
        Versions = "versions",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tutorials-tests-");

    private string ResultsPath => Path.Combine(_folder.FullName, "results.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_finished_run_is_kept_and_not_repeated()
    {
        string[] arguments = ["--only", "001-three-classes", "--epochs", "2", "--seeds", "2", "--results", ResultsPath];

        Assert.Equal(0, await InvokeAsync(arguments));
        var first = await File.ReadAllTextAsync(ResultsPath);
        Assert.Equal(0, await InvokeAsync(arguments));

        Assert.Equal(first, await File.ReadAllTextAsync(ResultsPath));
        Assert.Equal([1L, 2], new TutorialRuns(ResultsPath).All.Select(run => run.Seed));
        Assert.All(new TutorialRuns(ResultsPath).All, run => Assert.InRange(run.TestAccuracy, 0.01, 1));
    }

    [Fact]
    public async Task An_interrupted_command_keeps_finished_runs_and_has_an_exit_code()
    {
        new TutorialRuns(ResultsPath).Add(_run);
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        var code = await TutorialsCommand.Create().Parse(["--only", "001-three-classes", "--results", ResultsPath]).InvokeAsync(cancellationToken: cancellation.Token);

        Assert.Equal(130, code);
        Assert.Equal(_run, Assert.Single(new TutorialRuns(ResultsPath).All));
    }

    [Fact]
    public async Task A_file_without_results_is_rejected_with_its_name()
    {
        await File.WriteAllTextAsync(ResultsPath, "{");

        var error = Assert.Throws<InvalidOperationException>(() => new TutorialRuns(ResultsPath));
        Assert.StartsWith($"{ResultsPath} is not a file of results", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, await InvokeAsync("--only", "001-table", "--results", ResultsPath));
    }

    [Theory]
    [InlineData("--only", "999", "There is no training run '999'; the names are 000, 000-all-epochs,")]
    [InlineData("--seeds", "0", "--seeds must be greater than 0.")]
    [InlineData("--epochs", "-1", "--epochs must be greater than 0.")]
    public void An_invalid_argument_is_rejected(string name, string value, string expected)
    {
        var error = Assert.Single(TutorialsCommand.Create().Parse([name, value]).Errors);
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_runs_have_the_numbers_of_their_tutorials_and_unique_names()
    {
        Assert.Equal(["000", "001", "002", "003", "004"], TutorialTraining.All.Select(training => training.Name[..3]).Distinct());
        Assert.Equal(TutorialTraining.All.Count, TutorialTraining.All.Select(training => training.Name).Distinct().Count());
    }

    [Fact]
    public void The_table_has_the_tutorials_score_the_mean_the_range_and_missing_runs()
    {
        var table = Table(_run, _run with { Seed = 2, TestAccuracy = 0.968 }, _run with { Seed = 3, MaxEpochs = 2, TestAccuracy = 0.1 });

        Assert.Contains("| `001-digits` | 97.07 | 96.90 (96.80 to 97.00) | 96.90 (96.80 to 97.00) | 2 | 5 | 1 min 01 s |", table, StringComparison.Ordinal);
        Assert.Contains("| `002` | not given | not run |", table, StringComparison.Ordinal);
        Assert.Contains("Run on a machine; versions.", table, StringComparison.Ordinal);
        Assert.EndsWith("Not run: `002`.", table.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_the_settings_has_the_table_of_the_stored_results()
    {
        var root = Root();
        var runs = new TutorialRuns(Path.Combine(root, "bench", "Tutorials", "results.json")).All;
        await using var writer = new StringWriter { NewLine = "\n" };
        TutorialsTable.Write(TutorialTraining.All, runs, null, writer);

        var page = await File.ReadAllTextAsync(Path.Combine(root, "docs", "tutorials-settings.md"));

        Assert.Contains(writer.ToString().Trim(), page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("000", 0.975)]
    [InlineData("001-digits", 0.97)]
    [InlineData("004-final-batch-norm", 0.98)]
    public void The_score_is_that_of_the_tutorial(string training, double expected) =>
        Assert.Equal(expected, _run.Reported(TutorialTraining.All.Single(other => other.Name == training).Score));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    private static string Table(params TutorialRun[] runs)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        TutorialsTable.Write([.. TutorialTraining.All.Where(training => training.Name is "001-digits" or "002")], runs, null, writer);
        return writer.ToString();
    }

    private static async Task<int> InvokeAsync(params string[] arguments) => await BenchCommand.InvokeAsync(["tutorials", .. arguments]);
}
