using System.Text.Json;
using DeepLearning.Metrics;
using DeepLearning.TensorBoard;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

// The records of epochs and steps have the values of their epoch and step.
public sealed class RecordTests : TrainingTest
{
    [Theory]
    [InlineData(SchedulerInterval.Step, new[] { 0.0125, 0.00078125 })]
    [InlineData(SchedulerInterval.Epoch, new[] { 0.1, 0.05 })]
    public void The_learning_rate_of_an_epoch_is_that_of_its_last_step(SchedulerInterval interval, double[] expected)
    {
        var history = Fit(TwoClasses.Options with
        {
            Epochs = 2,
            Scheduler = optimizer => optim.lr_scheduler.ExponentialLR(optimizer, 0.5),
            SchedulerInterval = interval,
        }, batchSize: 13);
        Assert.Equal(expected, history.Epochs.Select(epoch => epoch.LearningRate));
    }

    [Fact]
    public void An_epoch_has_the_losses_of_its_own_steps()
    {
        var history = Fit(TwoClasses.Options with { Epochs = 2 });
        Assert.Equal(history.StepLosses.Take(7), history.Epochs[0].StepLosses);
        Assert.Equal(history.StepLosses.Skip(7), history.Epochs[1].StepLosses);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void TensorBoard_has_each_step_loss_at_its_step_for_any_group_size(int together)
    {
        var history = Fit(TwoClasses.Options with { Epochs = 2, LossesPerRead = together, Callbacks = [new TensorBoardLogger(Folder.Path) { EverySteps = 3, Graph = false }] });
        var points = Board.Read(Folder.Path).Runs.Single().Scalars["step/loss"];
        Assert.Equal([3, 6, 9, 12], points.Select(point => point.Step));
        Assert.Equal(points.Select(point => (float)history.StepLosses[(int)point.Step - 1]), points.Select(point => (float)point.Value));
    }

    [Fact]
    public void Histograms_of_weights_and_gradients_are_at_the_step_after_which_they_were_taken()
    {
        Fit(TwoClasses.Options with { Epochs = 2, Callbacks = [new TensorBoardLogger(Folder.Path) { Histograms = true, Graph = false }] });
        var run = Board.Read(Folder.Path).Runs.Single();
        Assert.All(run.Histograms, histogram => Assert.Equal([7, 14], histogram.Value.Select(point => point.Step)));
        Assert.Equal(8, run.Histograms.Count);
    }

    [Fact]
    public void A_record_round_trips_through_json_with_NaN_and_infinities()
    {
        var record = new EpochRecord(
            3, 21, new Scores(double.NaN, new Dictionary<string, double> { ["r2"] = double.NegativeInfinity, ["rmse"] = 0.1 + 0.2 }),
            Validation: null, LearningRate: 1e-3 / 3, TimeSpan.FromTicks(12_345_678))
        {
            StepLosses = [1.0 / 3, double.NaN],
        };
        var json = JsonSerializer.Serialize(record);
        Assert.Equal(record, JsonSerializer.Deserialize<EpochRecord>(json));
        Assert.Contains("\"loss\":\"NaN\"", json, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<EpochRecord>("""{"epoch": 1}"""));
    }

    [Fact]
    public void A_NaN_metric_does_not_end_training()
    {
        var path = Path.Combine(Folder.Path, "fit.json");
        Metric undefined = Metric.Mean("undefined", (outputs, _) => outputs.sum() * double.NaN);
        Fit(TwoClasses.Options with
        {
            Metrics = [undefined],
            Callbacks = [new JsonLogger(path), new CsvLogger(Path.ChangeExtension(path, ".csv")), new TensorBoardLogger(Folder.Path)],
        });
        using var log = JsonDocument.Parse(File.ReadAllText(path));
        Assert.Equal("NaN", log.RootElement[0].GetProperty("training").GetProperty("undefined").GetString());
    }

    private History Fit(TrainerOptions options, int batchSize = 8)
    {
        using var network = TwoClasses.Network();
        return Trainer.Fit(network, Problem.Batches(batchSize), options: options).History;
    }
}
