using System.Text.Json;
using DeepLearning.Charts;
using DeepLearning.Data;
using DeepLearning.Runs;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Runs;

public sealed class RunManagerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Clock _clock = new();

    // four images of one pixel; the label is 1 for bright pixels
    private readonly ImageDataset _set = new(
        "Tiny", ["dark", "bright"], new IdxFile([4, 1, 1], [0, 255, 0, 255]), new IdxFile([4], [0, 1, 0, 1]), isSynthetic: false);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_short_last_batch_counts_for_as_many_samples_as_it_has()
    {
        var manager = new RunManager();
        using var network = new Echo();
        manager.BeginRun(Settings("a"), network, new BatchLoader(_set, 3));
        manager.BeginEpoch();
        manager.TrackLoss(tensor(1f), 3);
        manager.TrackLoss(tensor(5f), 1);
        manager.TrackNumCorrect(tensor(new[,] { { 1f, 0 }, { 0, 1f }, { 1f, 0 } }), tensor(new[] { 0L, 1, 1 }));
        manager.TrackNumCorrect(tensor(new[,] { { 1f, 0 } }), tensor(new[] { 0L }));
        manager.EndEpoch();
        var epoch = manager.Runs[0].Epochs[0];
        Assert.Equal(2, epoch.Training.Loss);
        Assert.Equal(0.75, epoch.Training["accuracy"]);
        Assert.Equal([1, 5], epoch.StepLosses);
        Assert.Equal((1, 2L), (epoch.Epoch, epoch.Step));
    }

    [Fact]
    public void The_validation_set_is_measured_in_evaluation_mode_and_the_mode_restored()
    {
        var manager = new RunManager();
        using var network = new Echo();
        Train(manager, network, "a", validation: new BatchLoader(_set, 3));
        var scores = manager.Runs[0].Last!.Validation!;
        Assert.Equal(1, scores["accuracy"]);
        Assert.Equal(Math.Log(1 + Math.Exp(-1)), scores.Loss, 1e-6);
        Assert.Equal([true, false], network.ModesSeen.Distinct());
        Assert.True(network.training);
    }

    [Fact]
    public void The_duration_of_an_epoch_includes_its_validation()
    {
        var manager = new RunManager(_clock);
        using var network = new Echo();
        manager.BeginRun(Settings("a"), network, new BatchLoader(_set, 4), new BatchLoader(_set, 4));
        _clock.Advance(1);
        network.OnForward = () => _clock.Advance(4);
        foreach (var seconds in (int[])[2, 3])
        {
            manager.BeginEpoch();
            TrackOnce(manager);
            _clock.Advance(seconds);
            manager.EndEpoch();
        }
        Assert.Equal([6, 7], manager.Runs[0].Epochs.Select(epoch => epoch.Duration.TotalSeconds));
        Assert.Equal([6.0, 13.0], manager.Results.Rows.Select(row => (double)row["run duration"]!));
    }

    [Fact]
    public void The_table_has_the_tutorials_columns_and_a_row_per_epoch()
    {
        var manager = new RunManager();
        var shown = 0;
        manager.EpochEnded += () => shown++;
        using var network = new Echo();
        Train(manager, network, "a", epochs: 2);
        Train(manager, network, "b");
        var table = manager.Results;
        Assert.Equal(
            ["run", "epoch", "loss", "accuracy", "validation loss", "validation accuracy", "epoch duration", "run duration", "network", "lr"],
            table.Columns.Select(column => column.Name));
        Assert.Equal([(1, 1), (1, 2), (2, 1)], table.Rows.Select(row => ((int)row["run"]!, (int)row["epoch"]!)));
        Assert.Equal("b", table["network"][2]);
        Assert.Equal(0.5, table["lr"][0]);
        Assert.Null(table["validation loss"][0]);
        Assert.Equal(3, shown);
    }

    [Fact]
    public void Results_are_saved_in_the_formats_of_pandas_and_json()
    {
        var manager = new RunManager(_clock);
        using var network = new Echo();
        Train(manager, network, "a, \"b\"");
        manager.Save(_folder["results"]);
        Assert.Equal(
            [
                ",run,epoch,loss,accuracy,validation loss,validation accuracy,epoch duration,run duration,network,lr",
                "0,1,1,0.5,1,,,0,0,\"a, \"\"b\"\"\",0.5",
            ],
            File.ReadAllLines(_folder["results.csv"]));
        var row = JsonDocument.Parse(File.ReadAllText(_folder["results.json"])).RootElement.EnumerateArray().Single();
        Assert.Equal(0.5, row.GetProperty("loss").GetDouble());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("validation loss").ValueKind);
        Assert.Equal("a, \"b\"", row.GetProperty("network").GetString());
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void TensorBoard_logs_have_all_content_and_use_no_random_numbers()
    {
        var manager = new RunManager { TensorBoard = _folder["runs"] };
        using var network = nn.Sequential(nn.Flatten(), nn.Linear(1, 2));
        var loader = new BatchLoader(_set, 2, shuffle: true);
        manual_seed(1);
        var expected = randperm(100).data<long>().ToArray();
        manual_seed(1);
        manager.BeginRun(Settings("a"), network, loader, new BatchLoader(_set, 2));
        Assert.Equal(expected, randperm(100).data<long>().ToArray());
        manager.BeginEpoch();
        using (var loss = network.call(ones(1, 1, 1, 1)).sum())
            loss.backward();
        TrackOnce(manager);
        manager.EndEpoch();
        manager.EndRun();
        Assert.True(network.training);
        var files = Directory.GetFiles(_folder[Path.Combine("runs", "1 network=a lr=0.5")]);
        var events = string.Concat(files.Select(file => File.ReadAllText(file, System.Text.Encoding.Latin1)));
        string[] tags = ["images", "training/loss", "validation/accuracy", "weights/1.weight", "gradients/1.weight", "_hparams_/session_start_info", "final/validation loss"];
        Assert.All(tags, tag => Assert.Contains(tag, events, StringComparison.Ordinal));
    }

    [Fact]
    public void Curves_are_named_by_different_settings()
    {
        var manager = new RunManager();
        using var network = new Echo();
        Assert.Throws<InvalidOperationException>(manager.LearningCurves);
        Train(manager, network, "plain");
        Train(manager, network, "normed");
        Figure figure = manager.LearningCurves();
        var names = JsonDocument.Parse(figure.ToJson()).RootElement.GetProperty("data").EnumerateArray()
            .Select(trace => trace.GetProperty("name").GetString()).Distinct();
        Assert.Contains("plain", names);
        Assert.Contains("normed", names);
    }

    [Theory]
    [InlineData("loss")]
    [InlineData("epoch")]
    [InlineData("run duration")]
    [InlineData("accuracy")]
    [InlineData("validation accuracy")]
    [InlineData("validation loss std")]
    [InlineData("")]
    public void A_setting_with_the_name_of_a_column_is_rejected_at_the_start(string name)
    {
        var manager = new RunManager();
        using var network = new Echo();
        var error = Assert.Throws<ArgumentException>(() => manager.BeginRun(new Run([name], [1]), network, new BatchLoader(_set, 4)));
        Assert.StartsWith($"A setting has the name '{name}' of another column of the results", error.Message, StringComparison.Ordinal);
        Assert.Empty(manager.Runs);
    }

    [Fact]
    public void Settings_that_are_null_a_list_or_a_decimal_become_columns()
    {
        var manager = new RunManager { TensorBoard = _folder["runs"] };
        using var network = nn.Sequential(nn.Flatten(), nn.Linear(1, 2));
        foreach (double? dropout in (double?[])[null, 0.5])
        {
            manager.BeginRun(new Run(["dropout", "widths", "lr"], [dropout, new[] { 64, 32 }, 0.1m]), network, new BatchLoader(_set, 4));
            manager.BeginEpoch();
            TrackOnce(manager);
            manager.EndEpoch();
            manager.EndRun();
        }
        var table = manager.Results;
        Assert.Equal([null, 0.5], table.Rows.Select(row => row["dropout"]));
        Assert.Equal("[64, 32]", table["widths"][0]);
        Assert.Equal(0.1m, table["lr"][0]);
        manager.Save(_folder["results"]);
        var row = JsonDocument.Parse(File.ReadAllText(_folder["results.json"])).RootElement[0];
        Assert.Equal(JsonValueKind.Null, row.GetProperty("dropout").ValueKind);
        Assert.Equal([64, 32], row.GetProperty("widths").EnumerateArray().Select(width => width.GetInt32()));
    }

    [Fact]
    public void Calls_out_of_order_are_rejected_with_the_right_order()
    {
        var manager = new RunManager();
        using var network = new Echo();
        using var loss = tensor(1f);
        Assert.Throws<InvalidOperationException>(manager.BeginEpoch);
        Assert.Throws<InvalidOperationException>(manager.EndRun);
        manager.BeginRun(Settings("a"), network, new BatchLoader(_set, 4));
        Assert.Throws<InvalidOperationException>(() => manager.BeginRun(Settings("a"), network, new BatchLoader(_set, 4)));
        Assert.Equal(
            "Call TrackLoss(…) between BeginEpoch() and EndEpoch().",
            Assert.Throws<InvalidOperationException>(() => manager.TrackLoss(loss, 1)).Message);
        manager.BeginEpoch();
        Assert.Throws<InvalidOperationException>(manager.BeginEpoch);
    }

    [Fact]
    public void A_run_can_end_within_an_epoch()
    {
        var manager = new RunManager { TensorBoard = _folder.Path };
        using var network = new Echo();
        using var loss = tensor(1f);
        manager.BeginRun(Settings("a"), network, new BatchLoader(_set, 4));
        manager.BeginEpoch();
        manager.TrackLoss(loss, 1);
        manager.EndRun();
        Assert.Empty(manager.Runs[0].Epochs);
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
            new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        Train(manager, network, "a");
        Assert.Single(manager.Runs[1].Epochs);
    }

    [Fact]
    public void An_epoch_leaves_no_tensors()
    {
        var manager = new RunManager();
        using var network = new Echo();
        Train(manager, network, "a", validation: new BatchLoader(_set, 3));
        var before = LiveTensors.OfThisThread;
        Train(manager, network, "b", epochs: 5, validation: new BatchLoader(_set, 4));
        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    private static Run Settings(string network) => new(["network", "lr"], [network, 0.5]);

    private static void TrackOnce(RunManager manager)
    {
        using var loss = tensor(0.5f);
        using var predictions = tensor(new[,] { { 1f, 0 } });
        using var labels = tensor(new[] { 0L });
        manager.TrackLoss(loss, 1);
        manager.TrackNumCorrect(predictions, labels);
    }

    private void Train(RunManager manager, Echo network, string name, int epochs = 1, BatchLoader? validation = null)
    {
        using var x = ones(1, 1, 1, 1);
        network.call(x).Dispose();
        manager.BeginRun(Settings(name), network, new BatchLoader(_set, 4), validation);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            manager.BeginEpoch();
            TrackOnce(manager);
            manager.EndEpoch();
        }
        manager.EndRun();
    }

    /// <summary>A model with the scores [1 - pixel, pixel].</summary>
    private sealed class Echo() : nn.Module<Tensor, Tensor>(nameof(Echo))
    {
        public List<bool> ModesSeen { get; } = [];

        public Action? OnForward { get; set; }

        public override Tensor forward(Tensor input)
        {
            ModesSeen.Add(training);
            OnForward?.Invoke();
            using var scope = NewDisposeScope();
            var pixel = input.reshape(-1, 1);
            return cat([1 - pixel, pixel], 1).MoveToOuterDisposeScope();
        }
    }

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(double seconds) => _ticks += TimeSpan.FromSeconds(seconds).Ticks;
    }
}
