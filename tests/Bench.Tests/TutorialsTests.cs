using System.CommandLine;
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
    public async Task A_finished_run_is_kept_and_not_trained_again()
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
    public async Task An_interrupted_command_keeps_what_is_finished_and_says_so_by_its_exit_code()
    {
        new TutorialRuns(ResultsPath).Add(_run);
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        var code = await TutorialsCommand.Create().Parse(["--only", "001-three-classes", "--results", ResultsPath]).InvokeAsync(cancellationToken: cancellation.Token);

        Assert.Equal(130, code);
        Assert.Equal(_run, Assert.Single(new TutorialRuns(ResultsPath).All));
    }

    [Fact]
    public async Task A_file_that_holds_no_results_is_an_error_that_names_it()
    {
        await File.WriteAllTextAsync(ResultsPath, "{");

        var error = Assert.Throws<InvalidOperationException>(() => new TutorialRuns(ResultsPath));
        Assert.StartsWith($"{ResultsPath} is not a file of results", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, await InvokeAsync("--only", "001-table", "--results", ResultsPath));
    }

    [Theory]
    [InlineData("--only", "999", "There is no training '999'; there are 000, 000-all-epochs,")]
    [InlineData("--seeds", "0", "--seeds must be above 0.")]
    [InlineData("--epochs", "-1", "--epochs must be above 0.")]
    public void An_argument_that_cannot_be_is_refused(string name, string value, string expected)
    {
        var error = Assert.Single(TutorialsCommand.Create().Parse([name, value]).Errors);
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trainings_have_their_tutorials_numbers_and_names_of_their_own()
    {
        Assert.Equal(["000", "001", "002", "003", "004"], TutorialTraining.All.Select(training => training.Name[..3]).Distinct());
        Assert.Equal(TutorialTraining.All.Count, TutorialTraining.All.Select(training => training.Name).Distinct().Count());
    }

    [Fact]
    public void The_table_shows_the_tutorials_figure_the_mean_and_the_range_and_what_was_not_run()
    {
        var table = Table(_run, _run with { Seed = 2, TestAccuracy = 0.968 }, _run with { Seed = 3, MaxEpochs = 2, TestAccuracy = 0.1 });

        Assert.Contains("| `001-digits` | 97.07 | 96.90 (96.80 to 97.00) | 96.90 (96.80 to 97.00) | 2 | 5 | 1 min 01 s |", table, StringComparison.Ordinal);
        Assert.Contains("| `002` | none printed | not run |", table, StringComparison.Ordinal);
        Assert.Contains("Run on a machine; versions.", table, StringComparison.Ordinal);
        Assert.EndsWith("Not run: `002`.", table.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("000", 0.975)]
    [InlineData("001-digits", 0.97)]
    [InlineData("004-final-batch-norm", 0.98)]
    public void The_score_is_the_one_that_the_tutorial_reports(string training, double expected) =>
        Assert.Equal(expected, _run.Reported(TutorialTraining.All.Single(other => other.Name == training).Score));

    private static string Table(params TutorialRun[] runs)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        TutorialsTable.Write([.. TutorialTraining.All.Where(training => training.Name is "001-digits" or "002")], runs, null, writer);
        return writer.ToString();
    }

    private static async Task<int> InvokeAsync(params string[] arguments) => await TutorialsCommand.Create().Parse(arguments).InvokeAsync();
}
