using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Runs;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Training;

// Edge cases such as little data, no epochs, NaN scores and reserved names: rejected before training, or trained correctly.
public sealed class EdgeTests : TrainingTest
{
    [Fact]
    public void Fewer_samples_than_a_batch_with_dropLast_are_rejected()
    {
        using var network = TwoClasses.Network();
        using var inputs = randn(3, 2);
        using var classes = zeros(3, int64);
        var none = new TensorBatches(inputs, classes, batchSize: 4, dropLast: true);
        Assert.Contains("dropLast", Assert.Throws<ArgumentException>(() => Trainer.Fit(network, none)).Message, StringComparison.Ordinal);
        var trained = 0;
        var options = TwoClasses.Options with { Callbacks = [new LambdaCallback(afterBatch: _ => trained++)] };
        Assert.Contains("validate on", Assert.Throws<ArgumentException>(() => Trainer.Fit(network, Problem.Batches(), none, options)).Message, StringComparison.Ordinal);
        Assert.Equal(0, trained);
        Assert.Throws<InvalidOperationException>(() => Evaluator.Measure(network, none));
        Assert.Throws<ArgumentException>(() => Predictions.Of(network, none));
    }

    [Fact]
    public void One_sample_can_be_trained_measured_and_predicted()
    {
        using var network = TwoClasses.Network();
        using var inputs = randn(1, 2);
        using var classes = ones(1, int64);
        var one = new TensorBatches(inputs, classes, batchSize: 8, shuffle: true);
        var result = Trainer.Fit(network, one, one, TwoClasses.Options with { Epochs = 20, Metrics = [Metric.Accuracy, Metric.F1()] });
        Assert.Equal(20, result.Steps);
        Assert.Equal(1, result.History.Epochs[^1].Validation!["accuracy"]);
        Assert.Equal([1L], Predictions.Of(network, one).Classes);
        using var regression = Linear(2, 1);
        using var target = randn(1, 1);
        var scores = Trainer.Fit(regression, new TensorBatches(inputs, target), options: new TrainerOptions
        {
            Loss = Losses.MeanSquaredError(),
            Metrics = [Metric.R2, Metric.MeanAbsoluteError],
        }).History.Epochs[0].Training;
        Assert.Equal(double.NaN, scores["r2"]);
        Assert.True(double.IsFinite(scores["mae"]));
    }

    [Fact]
    public void Zero_epochs_train_nothing_with_every_callback()
    {
        using var network = TwoClasses.Network();
        var before = TwoClasses.Weights(network);
        List<string> lines = [];
        var result = Trainer.Fit(network, Problem.Batches(), Problem.Batches(), TwoClasses.Options with
        {
            Epochs = 0,
            Callbacks =
            [
                new Progress(line =>
                {
                    lines.Add($"{line}");
                    return _ => { };
                }),
                new CsvLogger(Folder["log.csv"]), new JsonLogger(Folder["log.json"]), new TensorBoardLogger(Folder["board"]), new ModelCheckpoint(Folder["checkpoints"]),
                new EarlyStopping { RestoreBest = true }, new ExponentialMovingAverage(), new StochasticWeightAveraging(1), new LearningRateMonitor(),
                new LiveChart(_ => _ => { }), new TimeLimit(TimeSpan.FromHours(1)), new StopAtTarget(Objective.Loss, 0),
            ],
        });
        Assert.Equal(before, TwoClasses.Weights(network));
        Assert.Equal((0L, 0, false), (result.Steps, result.History.Epochs.Count, result.IsCanceled));
        Assert.Equal("0 epochs, 0 steps: no epoch ended", result.ToString());
        Assert.Empty(result.History.Table().Rows);
        Assert.StartsWith("epoch 0/0 · step 0/0", lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NaN_scores_are_never_best_and_count_as_no_improvement(bool higherIsBetter)
    {
        using var network = TwoClasses.Network();
        double[] values = [double.NaN, 0.5, double.NaN, double.NaN, higherIsBetter ? 0.4 : 0.6, double.NaN];
        var epoch = 0;
        var monitor = new Objective("score", higherIsBetter);
        var stopping = new EarlyStopping { Monitor = monitor, Patience = 3 };
        var rates = new List<double>();
        var result = Trainer.Fit(network, Problem.Batches(50), options: new TrainerOptions
        {
            Epochs = 6,
            Optimizer = parameters => optim.SGD(parameters, 0.1),
            Scheduler = optimizer => optim.lr_scheduler.ReduceLROnPlateau(optimizer, higherIsBetter ? "max" : "min", 0.1, patience: 1),
            SchedulerMonitor = "score",
            Metrics = [Metric.Mean("score", (_, targets) => full(1, values[epoch], float64) * targets.numel(), higherIsBetter)],
            Callbacks =
            [
                stopping, new ModelCheckpoint(Folder.Path) { Monitor = monitor },
                new StopAtTarget(monitor, higherIsBetter ? 0.9 : 0.1),
                new LambdaCallback(afterEpoch: fit =>
                {
                    rates.Add(fit.LearningRate);
                    epoch++;
                }),
            ],
        });
        Assert.Contains("has not improved 3 times in a row; the best was 0.5000", result.StopReason, StringComparison.Ordinal);
        Assert.Equal(5, result.History.Epochs.Count);
        var best = (Dictionary<object, object?>)PyTorchFile.Load(Folder[ModelCheckpoint.BestName])!;
        Assert.Equal(2L, best["step"]);
        // 0.5 is better than NaN; the next two epochs without an improvement exceed the patience of one
        Assert.Equal([0.1, 0.1, 0.1, 0.01, 0.01], rates.Select(rate => Math.Round(rate, 12)));
    }

    [Fact]
    public void Training_that_is_canceled_before_its_start_trains_nothing()
    {
        using var network = TwoClasses.Network();
        var before = TwoClasses.Weights(network);
        var result = Trainer.Fit(network, Problem.Batches(), options: TwoClasses.Options, cancellation: new CancellationToken(canceled: true));
        Assert.Equal((0L, true), (result.Steps, result.IsCanceled));
        Assert.Equal(before, TwoClasses.Weights(network));
    }

    [Fact]
    public void A_table_of_classes_trains_a_classifier_or_gives_advice()
    {
        var table = TableData.Of(DeepLearning.Tables.Csv.Parse("x,y,class\n0,1,0\n1,0,1\n2,1,2\n0,2,0\n"));
        using var model = Linear(2, 3);
        Assert.Equal(2, Trainer.Fit(model, table.Batches(batchSize: 2, shuffle: true, classes: true)).Steps);
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, table.Batches()));
        Assert.Contains("Batches(classes: true)", error.Message, StringComparison.Ordinal);
        Assert.Contains("the outputs are [4, 3] and the targets [4, 1]", error.Message, StringComparison.Ordinal);
        var numbers = TableData.Of(DeepLearning.Tables.Csv.Parse("x,y\n0,0.5\n1,2\n"));
        Assert.Throws<InvalidOperationException>(() => numbers.Batches(classes: true));
    }

    [Theory]
    [InlineData("inputs", float.NaN)]
    [InlineData("inputs", float.PositiveInfinity)]
    [InlineData("targets", float.NaN)]
    public void NaN_in_the_data_is_named_if_the_loss_becomes_NaN(string where, float value)
    {
        using var model = Linear(2, 1);
        using var inputs = randn(8, 2);
        using var targets = randn(8, 1);
        (where == "inputs" ? inputs : targets)[5, 0] = value;
        var error = Assert.Throws<TrainingDivergedException>(() => Trainer.Fit(
            model, new TensorBatches(inputs, targets, 4), options: new TrainerOptions { Loss = Losses.MeanSquaredError(), Metrics = [] }));
        Assert.Contains($"in step 2 (epoch 1). The {where} of this batch have NaN or infinite values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scheduler_that_monitors_an_unknown_score_is_rejected_before_training()
    {
        using var network = TwoClasses.Network();
        var options = TwoClasses.Options with { Scheduler = optimizer => optim.lr_scheduler.ReduceLROnPlateau(optimizer), SchedulerMonitor = "f1" };
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(network, Problem.Batches(), options: options));
        Assert.Contains("'f1', which the training does not measure; it measures loss, accuracy", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scheduler_that_needs_a_score_is_rejected_after_each_step()
    {
        using var network = TwoClasses.Network();
        var options = TwoClasses.Options with { Scheduler = optimizer => optim.lr_scheduler.ReduceLROnPlateau(optimizer), SchedulerInterval = SchedulerInterval.Step };
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(network, Problem.Batches(), options: options));
        Assert.Contains("SchedulerInterval.Epoch", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("loss")]
    [InlineData("epoch")]
    [InlineData("learning rate")]
    [InlineData("duration")]
    [InlineData("validation loss")]
    [InlineData("validation accuracy")]
    public void A_metric_with_the_name_of_another_column_is_rejected_before_training(string name)
    {
        using var network = TwoClasses.Network();
        var options = TwoClasses.Options with { Metrics = [Metric.Accuracy, Metric.Mean(name, (outputs, _) => outputs.sum())] };
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(network, Problem.Batches(), Problem.Batches(), options));
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pruned", "accuracy")]
    [InlineData("failed", "accuracy")]
    [InlineData("accuracy std", "accuracy")]
    [InlineData("validation loss std", "accuracy")]
    [InlineData("Lr", "state")]
    [InlineData("Lr", "run")]
    [InlineData("Lr", "epoch duration")]
    public void A_setting_or_a_metric_of_a_sweep_with_the_name_of_a_column_is_rejected_before_training(string setting, string metric)
    {
        var error = Assert.Throws<ArgumentException>(() => Sweep.Train([new Run([setting], [0.1])], (_, _) => new RunSetup(
            TwoClasses.Network(), Problem.Batches(), null, TwoClasses.Options with { Metrics = [Metric.Mean(metric, (outputs, _) => outputs.sum())] }),
            new SweepOptions { Folder = Folder.Path, Report = _ => { } }));
        Assert.Contains($"'{(setting == "Lr" ? metric : setting)}'", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Folder.Path, "run.json", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public void A_log_that_cannot_be_written_is_rejected_before_training_with_its_path(string kind)
    {
        using var network = TwoClasses.Network();
        File.WriteAllText(Folder["file"], "");
        Directory.CreateDirectory(Folder[$"folder.{kind}"]);
        foreach (var path in new[] { Path.Combine(Folder["file"], $"log.{kind}"), Folder[$"folder.{kind}"] })
        {
            var trained = 0;
            Callback[] callbacks = [kind == "csv" ? new CsvLogger(path) : new JsonLogger(path), new LambdaCallback(afterBatch: _ => trained++)];
            var error = Assert.Throws<IOException>(() => Trainer.Fit(network, Problem.Batches(), options: TwoClasses.Options with { Callbacks = callbacks }));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Equal(0, trained);
        }
    }

    [Fact]
    public void Progress_shows_hours()
    {
        using var network = TwoClasses.Network();
        var time = new Hours();
        string line = "";
        Trainer.Fit(network, Problem.Batches(50), options: TwoClasses.Options with
        {
            Time = time,
            Callbacks =
            [
                new LambdaCallback(afterBatch: _ => time.Passed += TimeSpan.FromSeconds((26 * 3600) + 65)),
                new Progress(first =>
                {
                    line = $"{first}";
                    return next => line = $"{next}";
                }),
            ],
        });
        Assert.StartsWith("epoch 1/1 · step 1/1 · 26:01:05 ·", line, StringComparison.Ordinal);
    }

    private sealed class Hours : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
