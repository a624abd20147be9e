using System.Text.Json;
using DeepLearning.Charts;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

// The output of training: progress, charts and logs.
public sealed class ReportingTests : TrainingTest
{
    [Fact]
    public void Progress_shows_one_line_that_is_replaced_at_most_four_times_a_second()
    {
        var clock = new SteppingClock(TimeSpan.FromMilliseconds(50));
        List<string> lines = [];
        var progress = new Progress(first =>
        {
            lines.Add((string)first);
            return next => lines.Add((string)next);
        });
        Fit(new TrainerOptions { Epochs = 4, Time = clock, Callbacks = [progress] });
        Assert.StartsWith("epoch 1/4 · step 0/28", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^epoch 4/4 · step 28/28 · [0-9]:[0-9]{2} · loss 0\.[0-9]{4}, accuracy [01]\.[0-9]{4} · validation loss ", lines[^1]);
        Assert.InRange(lines.Count, 3, 2 + (int)(clock.Elapsed / TimeSpan.FromMilliseconds(250)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Progress_in_a_file_has_a_line_for_each_epoch_and_on_a_console_one_line(bool isRedirected)
    {
        using var console = new StringWriter { NewLine = "\n" };
        Fit(new TrainerOptions { Epochs = 3, Callbacks = [new Progress(console, isRedirected)] });
        var lines = console.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(isRedirected ? 3 : 1, lines.Length);
        Assert.Equal(!isRedirected, lines[0].Contains('\r'));
        if (isRedirected)
            Assert.All(lines, line => Assert.Contains("· validation loss ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_chart_is_updated_and_ends_with_all_epochs()
    {
        List<Figure> figures = [];
        var chart = new LiveChart(first =>
        {
            figures.Add((Figure)first);
            return next => figures.Add((Figure)next);
        });
        var result = Fit(new TrainerOptions { Epochs = 3, Callbacks = [chart] });
        Assert.Equal(result.History.LearningCurves().ToJson(), figures[^1].ToJson());
    }

    [Fact]
    public void A_csv_log_has_a_row_per_epoch_with_training_and_validation()
    {
        var path = Path.Combine(Folder.Path, "logs", "fit.csv");
        Fit(new TrainerOptions { Epochs = 2, Callbacks = [new CsvLogger(path)] });
        var lines = File.ReadAllLines(path);
        Assert.Equal("epoch,loss,validation loss,accuracy,validation accuracy,learning rate,duration", lines[0]);
        Assert.Equal(["1", "2"], lines[1..].Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void A_json_log_has_the_history()
    {
        var path = Path.Combine(Folder.Path, "fit.json");
        var history = Fit(new TrainerOptions { Epochs = 2, Callbacks = [new JsonLogger(path)] }).History;
        using var log = JsonDocument.Parse(File.ReadAllText(path));
        Assert.Equal(
            history.Epochs.Select(epoch => epoch.Validation!["accuracy"]),
            log.RootElement.EnumerateArray().Select(epoch => epoch.GetProperty("validation").GetProperty("accuracy").GetDouble()));
    }

    [Fact]
    public void A_log_with_another_extension_is_rejected_in_the_constructor()
        => Assert.Contains(".xlsx", Assert.Throws<ArgumentException>(() => new CsvLogger("fit.xlsx")).Message, StringComparison.Ordinal);

    [Fact]
    public void TensorBoard_logs_use_no_random_numbers()
    {
        float[] Trained(params Callback[] callbacks)
        {
            using var network = TwoClasses.Network(dropout: 0.5);
            Trainer.Fit(network, Problem.Batches(shuffle: true), options: TwoClasses.Options with { Callbacks = callbacks });
            return TwoClasses.Weights(network);
        }
        Assert.Equal(Trained(), Trained(new TensorBoardLogger(Folder.Path) { Histograms = true, EverySteps = 1 }));
        Assert.Single(Directory.EnumerateFiles(Folder.Path, "events.out.tfevents.*"));
    }

    private FitResult Fit(TrainerOptions options)
    {
        using var network = TwoClasses.Network();
        return Trainer.Fit(
            network, Problem.Batches(), Problem.Batches(), options with { Optimizer = parameters => optim.SGD(parameters, 0.1, momentum: 0.9) });
    }

    /// <summary>A clock that advances by a fixed time at each reading.</summary>
    private sealed class SteppingClock(TimeSpan step) : TimeProvider
    {
        private long _looks;

        public TimeSpan Elapsed => step * _looks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => step.Ticks * ++_looks;
    }
}
