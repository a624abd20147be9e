using System.Text.Json;
using DeepLearning.Runs;
using DeepLearning.Tables;
using DeepLearning.Tests.Training;
using DeepLearning.Training;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Runs;

public sealed class SweepTests : TrainingTest
{
    private readonly List<string> _lines = [];
    private int _setups;

    [Fact]
    public void Each_combination_is_trained_with_each_seed_in_a_separate_folder()
    {
        var result = Train([new(0.1, 8), new(0.01, 8)], Options with { Seeds = [1, 2] });
        Assert.Equal(
            ["Run(Lr=0.1, BatchSize=8, seed=1)", "Run(Lr=0.1, BatchSize=8, seed=2)", "Run(Lr=0.01, BatchSize=8, seed=1)", "Run(Lr=0.01, BatchSize=8, seed=2)"],
            result.Runs.Select(run => run.Settings.ToString()));
        Assert.All(result.Runs, run => Assert.Equal(RunState.Finished, run.State));
        Assert.All(result.Runs, run => Assert.True(File.Exists(Path.Combine(run.Folder, "best.pth"))));
        Assert.Equal(4, Directory.GetDirectories(Folder.Path).Length);
        Assert.Equal(4, result.Runs.Select(run => run.Last!.Training.Loss).Distinct().Count());
    }

    [Fact]
    public void Finished_runs_are_not_trained_again_and_new_runs_are()
    {
        Train([new(0.1, 8)]);
        var result = Train([new(0.1, 8), new(0.01, 8)]);
        Assert.Equal(2, _setups);
        Assert.Equal("2 runs: 2 finished", result.ToString());
        Assert.Contains("1 finished before", _lines[^2], StringComparison.Ordinal);
        Assert.Matches(@"^run 2 of 2: Run\(Lr=0.01, BatchSize=8, seed=50\): finished after 2 epochs, [0-9.]+ s · loss .*, accuracy .*; validation loss ", _lines[^1]);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file/below")]
    public void A_folder_that_cannot_be_written_is_an_error_before_the_first_run(string name)
    {
        File.WriteAllText(Path.Combine(Folder.Path, "file"), "");
        var folder = Path.Combine(Folder.Path, name);
        var error = Assert.Throws<IOException>(() => Train([new(0.1, 8)], Options with { Folder = folder }));
        Assert.StartsWith($"The folder of the sweep, {folder}, cannot be written: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Set SweepOptions.Folder to another folder.", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _setups);
    }

    [Fact]
    public void A_sweep_of_no_runs_has_no_runs() => Assert.Equal("0 runs", Train([]).ToString());

    [Fact]
    public void Another_version_of_the_code_is_another_run()
    {
        Train([new(0.1, 8)], Options with { CodeVersion = "1" });
        Train([new(0.1, 8)], Options with { CodeVersion = "2" });
        Train([new(0.1, 8)], Options with { CodeVersion = "1" });
        Assert.Equal(2, _setups);
    }

    [Fact]
    public void A_run_that_fails_is_recorded_and_stops_no_other()
    {
        Setting[] runs = [new(1e30, 8), new(0.1, 8)];
        var result = Train(runs);
        Assert.Equal("2 runs: 1 finished, 1 failed", result.ToString());
        Assert.StartsWith("TrainingDivergedException: The loss became infinite or NaN", result.Runs[0].Error, StringComparison.Ordinal);
        Assert.Equal("2 runs: 1 finished, 1 failed", Train(runs).ToString());
        Assert.Equal(2, _setups);
        Assert.Contains("1 failed before (RetryFailed = true trains them again)", _lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_run_is_trained_again_on_request()
    {
        Train([new(0.1, 8)], fail: true);
        var result = Train([new(0.1, 8)], Options with { RetryFailed = true });
        Assert.Equal(RunState.Finished, result.Runs[0].State);
        Assert.Null(result.Runs[0].Error);
    }

    [Fact]
    public void A_canceled_run_is_unfinished_and_continues_to_the_same_result()
    {
        using var elsewhere = new TemporaryFolder();
        var expected = Train([new(0.1, 8)], Options with { Folder = elsewhere.Path });
        using var source = new CancellationTokenSource();
        var canceled = Train([new(0.1, 8)], Options with { CheckpointEverySteps = 1 }, new At(9, source.Cancel), cancellation: source.Token);
        Assert.True(canceled.IsCanceled);
        Assert.Equal("1 run: 1 unfinished", canceled.ToString());
        var result = Train([new(0.1, 8)], Options with { CheckpointEverySteps = 1 });
        Assert.Equal(Losses(expected), Losses(result));
        Assert.Equal(StepLosses(expected), StepLosses(result));
    }

    [Fact]
    public void A_sweep_waits_for_runs_of_other_processes()
    {
        using var source = new CancellationTokenSource();
        var first = Train([new(0.1, 8)]);
        File.Delete(Path.Combine(first.Runs[0].Folder, "run.json"));
        using (new FileStream(Path.Combine(first.Runs[0].Folder, ".claim"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            source.CancelAfter(TimeSpan.FromMilliseconds(300));
            Assert.True(Train([new(0.1, 8)], cancellation: source.Token).IsCanceled);
        }
        Assert.Equal(1, _setups);
        Assert.False(Train([new(0.1, 8)]).IsCanceled);
    }

    [Fact]
    public void The_leaderboard_has_mean_and_spread_over_the_seeds_best_first()
    {
        var result = Train([new(0.0001, 8), new(0.1, 8)], Options with { Seeds = [1, 2, 3] });
        var board = result.Leaderboard();
        Assert.Equal(
            [
                "Lr", "BatchSize", "seeds", "loss", "loss std", "accuracy", "accuracy std", "validation loss", "validation loss std", "validation accuracy",
                "validation accuracy std", "duration",
            ],
            board.Columns.Select(column => column.Name));
        Assert.Equal([0.1, 0.0001], board.Rows.Select(row => (double)row["Lr"]!));
        double[] losses = [.. result.Runs.Where(run => run.Settings.Get<double>("Lr") == 0.1).Select(run => run.Last!.Validation!.Loss)];
        var (mean, std) = (losses.Average(), Math.Sqrt(losses.Sum(loss => Math.Pow(loss - losses.Average(), 2)) / 2));
        Assert.Equal(mean, (double)board["validation loss"][0]!, 1e-12);
        Assert.Equal(std, (double)board["validation loss std"][0]!, 1e-12);
        Assert.True(std > 0);
    }

    [Fact]
    public void The_leaderboard_counts_failures_without_including_them_in_means()
    {
        var board = Train([new(1e30, 8), new(0.1, 8)]).Leaderboard(Objective.Loss);
        Assert.Equal([0, 1], board.Rows.Select(row => (int)row["failed"]!));
        Assert.Null(board["validation loss"][1]);
        Assert.Null(board["loss std"][0]);
        Assert.Throws<InvalidOperationException>(() => Train([new(1e30, 4)]).Leaderboard());
    }

    [Fact]
    public void Results_are_written_in_the_formats_of_the_tutorial()
    {
        Train([new(0.1, 8)]);
        var table = Csv.Load(Folder["results.csv"]);
        Assert.Equal(
            ["run", "epoch", "loss", "accuracy", "validation loss", "validation accuracy", "epoch duration", "run duration", "Lr", "BatchSize", "seed"],
            table.Columns.Select(column => column.Name).Skip(1));
        Assert.Equal(2, table.Rows.Count);
        using var rows = JsonDocument.Parse(File.ReadAllText(Folder["results.json"]));
        Assert.Equal(0.1, rows.RootElement[0].GetProperty("Lr").GetDouble());
    }

    [Fact]
    public void The_summary_has_a_row_per_run_with_its_last_scores()
    {
        var result = Train([new(0.1, 8), new(1e30, 8)]);
        var summary = result.Summary();
        Assert.Equal(["finished", "failed"], summary.Rows.Select(row => (string)row["state"]!));
        Assert.Equal(result.Runs[0].Last!.Validation!["accuracy"], (double?)summary["validation accuracy"][0]);
        Assert.StartsWith("TrainingDivergedException", (string)summary["error"][1]!, StringComparison.Ordinal);
    }

    [Fact]
    public void TensorBoard_logs_have_the_settings_and_the_curves()
    {
        var folder = Train([new(0.1, 8)]).Runs[0].Folder;
        var events = string.Concat(Directory.GetFiles(folder, "events.out.tfevents.*").Select(file => File.ReadAllText(file, System.Text.Encoding.Latin1)));
        Assert.Contains("_hparams_/session_start_info", events, StringComparison.Ordinal);
        Assert.Contains("BatchSize", events, StringComparison.Ordinal);
        Assert.Contains("final/validation accuracy", events, StringComparison.Ordinal);
        Assert.Contains("training/loss", events, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sweep_sets_and_restores_the_number_of_threads()
    {
        var before = get_num_threads();
        var within = 0;
        Sweep.Train([new Setting(0.1, 8)], (_, _) =>
        {
            within = get_num_threads();
            return Setup(new(0.1, 8));
        }, Options);
        Assert.Equal(1, within);
        Assert.Equal(before, get_num_threads());
    }

    [Fact]
    public void A_damaged_record_is_named()
    {
        var folder = Train([new(0.1, 8)]).Runs[0].Folder;
        File.WriteAllText(Path.Combine(folder, "run.json"), "{");
        Assert.Contains(folder, Assert.Throws<InvalidDataException>(() => Train([new(0.1, 8)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_called_seed_is_rejected()
    {
        var error = Assert.Throws<ArgumentException>(() => Sweep.Train([new Run(["seed"], [1])], (_, _) => Setup(new(0.1, 8)), Options));
        Assert.Contains("SweepOptions.Seeds", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("loss")]
    [InlineData("epoch")]
    [InlineData("run duration")]
    [InlineData("state")]
    [InlineData("accuracy")]
    [InlineData("validation accuracy")]
    public void A_setting_with_the_name_of_a_column_is_rejected_before_training(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => Sweep.Train([new Run([name], [1])], (_, _) => Setup(new(0.1, 8)), Options));
        Assert.StartsWith($"A setting has the name '{name}' of another column of the results", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Folder.Path, "run.json", SearchOption.AllDirectories));
    }

    [Fact]
    public void Settings_may_be_null_lists_and_decimals()
    {
        Optional[] runs = [new(null, [4], 0.1m), new(0.5, [4], 0.1m), new(0.5, [4, 4], 0.1m), new(0.5, [4, 4], 0.1m)];
        SweepResult Train() => Sweep.Train(runs, (run, _) => Setup(new((double)run.Lr, run.Widths[0])), Options);
        Assert.Equal("3 runs: 3 finished", Train().ToString());
        var board = Train().Leaderboard();
        Assert.Equal(3, _setups);
        Assert.Equal(["[4, 4]", "[4]", "[4]"], board.Rows.Select(row => (string)row["Widths"]!).Order(StringComparer.Ordinal));
        Assert.All(board.Rows, row => Assert.Equal(0.1m, row["Lr"]));
        Assert.Single(board.Rows, row => row["Dropout"] is null);
    }

    [Theory]
    [InlineData(true, new[] { 0.9, 0.5, double.NegativeInfinity, double.NaN })]
    [InlineData(false, new[] { double.NegativeInfinity, 0.5, 0.9, double.NaN })]
    public void The_leaderboard_puts_NaN_last_in_both_directions(bool isBetterHigh, double[] expected)
    {
        double[] scores = [double.NaN, 0.5, double.NegativeInfinity, 0.9];
        var runs = scores.Select((score, i) => OfScores(i + 1, [score])).Append(OfScores(5, [], RunState.Failed)).ToList();
        var board = new SweepResult(runs, IsCanceled: false).Leaderboard(new Objective("score", isBetterHigh));
        Assert.Equal([.. expected, null], board.Rows.Select(row => (double?)row["validation score"]));
    }

    [Fact]
    public void The_best_run_is_the_one_with_the_best_epoch_and_NaN_is_never_best()
    {
        List<SweepRun> runs = [OfScores(1, [double.NaN]), OfScores(2, [0.9, 0.1]), OfScores(3, [0.5, double.NaN]), OfScores(4, [1], RunState.Failed)];
        var result = new SweepResult(runs, IsCanceled: false);
        Assert.Equal(2, result.Best(new Objective("score", HigherIsBetter: true)).Number);
        Assert.Equal(2, result.Best(new Objective("score", HigherIsBetter: false)).Number);
        Assert.Equal("There is no best run: the score of every finished run is NaN.", Assert.Throws<InvalidOperationException>(
            () => new SweepResult([runs[0]], IsCanceled: false).Best(new Objective("score", HigherIsBetter: true))).Message);
        Assert.Throws<InvalidOperationException>(() => new SweepResult([runs[3]], IsCanceled: false).Best());
    }

    [Fact]
    public void The_best_model_has_the_scores_of_the_best_epoch()
    {
        var result = Train([new(0.0001, 8), new(0.1, 8)]);
        manual_seed(7);
        var next = randperm(100).data<long>().ToArray();
        manual_seed(7);
        using var model = result.LoadBestModel();
        Assert.Equal(next, randperm(100).data<long>().ToArray());
        Assert.False(model.training);
        var best = result.Best().Epochs.Max(epoch => epoch.Validation!["accuracy"]);
        Assert.Equal(best, Evaluator.Measure(model, Problem.Batches())["accuracy"]);
        Assert.Equal(best, result.Runs.Max(run => run.Epochs.Max(epoch => epoch.Validation!["accuracy"])));
    }

    [Fact]
    public void A_run_that_is_worse_than_the_median_is_pruned_permanently()
    {
        Setting[] runs = [new(0.1, 8), new(0.2, 8), new(1e-6, 8)];
        var options = Options with { Pruning = new MedianPruning { StartupRuns = 2 }, Objective = Objective.Loss };
        var result = Train(runs, options, epochs: 4);
        Assert.Equal("3 runs: 2 finished, 1 pruned", result.ToString());
        Assert.Equal((RunState.Pruned, 2), (result.Runs[2].State, result.Runs[2].Epochs.Count));
        Assert.Equal([0, 0, 1], result.Leaderboard().Rows.Select(row => (int)row["pruned"]!));
        Assert.Equal("3 runs: 2 finished, 1 pruned", Train(runs, options, epochs: 4).ToString());
        Assert.Equal(3, _setups);
    }

    [Fact]
    public void A_sweep_leaves_no_tensors()
    {
        Train([new(0.1, 8)]);
        var before = LiveTensors.OfThisThread;
        Train([new(0.1, 4), new(1e30, 4)]);
        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    private SweepOptions Options => new() { Folder = Folder.Path, Report = _lines.Add, CodeVersion = "1" };

    private SweepResult Train(
        Setting[] runs, SweepOptions? options = null, At? at = null, bool fail = false, int epochs = 2,
        CancellationToken cancellation = default) =>
        Sweep.Train(
            runs,
            (run, _) => fail ? throw new InvalidOperationException("on purpose") : Setup(run, at, epochs),
            options ?? Options, cancellation);

    private RunSetup Setup(Setting run, At? at = null, int epochs = 2)
    {
        _setups++;
        return new RunSetup(
            nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 2)),
            Problem.Batches(run.BatchSize, shuffle: true), Problem.Batches(),
            new TrainerOptions { Epochs = epochs, Optimizer = parameters => optim.SGD(parameters, run.Lr), Callbacks = at is null ? [] : [at] });
    }

    private static SweepRun OfScores(int number, double[] scores, RunState state = RunState.Finished) =>
        new(number, new Run(["number", "seed"], [number, 50L]), state, null, [.. scores.Select(Epoch)], "");

    private static EpochRecord Epoch(double score, int index)
    {
        var scores = new Scores(1, new Dictionary<string, double> { ["score"] = score });
        return new(index + 1, index + 1, scores, scores, 0.1, TimeSpan.FromSeconds(1));
    }

    private static IEnumerable<double> Losses(SweepResult result) => result.Runs.SelectMany(run => run.Epochs).Select(epoch => epoch.Training.Loss);

    private static IEnumerable<double> StepLosses(SweepResult result) => result.Runs.SelectMany(run => run.Epochs).SelectMany(epoch => epoch.StepLosses);

    private sealed record Setting(double Lr, int BatchSize);

    private sealed record Optional(double? Dropout, int[] Widths, decimal Lr);
}
