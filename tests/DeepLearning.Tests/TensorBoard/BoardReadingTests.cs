using DeepLearning.TensorBoard;
using TorchSharp;
using TorchSharp.TensorBoard;
using static TorchSharp.torch;

namespace DeepLearning.Tests.TensorBoard;

public sealed class BoardReadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_folder_has_no_runs()
    {
        var board = Board.Read(_folder["runs"]);

        Assert.Empty(board.Runs);
        Assert.Contains("There are no runs", board.ToString());
    }

    [Fact]
    public void Each_folder_with_events_is_a_run_and_each_tag_a_curve()
    {
        Write("a", writer => writer.add_scalar("loss", 0.5f, 1, 1_700_000_000.25));
        Write("deep/b", writer => writer.add_scalars("loss", new Dictionary<string, float> { ["train"] = 1 }, 2));

        var board = Board.Read(_folder.Path);

        Assert.Equal(["a", "deep/b", "deep/b/loss_train"], board.Runs.Select(run => run.Name));
        var point = Assert.Single(board["a"].Scalars["loss"]);
        Assert.Equal((1, 0.5, DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_250)), (point.Step, point.Value, point.Time));
        Assert.Equal(["loss"], board.Tags);
    }

    [Fact]
    public void Negative_steps_and_NaN_are_read()
    {
        Write("a", writer =>
        {
            writer.add_scalar("loss", float.NaN, -3);
            writer.add_scalar("loss", float.PositiveInfinity, 4);
        });

        Assert.Equal([(-3L, double.NaN), (4, double.PositiveInfinity)], Board.Read(_folder.Path)["a"].Scalars["loss"].Select(point => (point.Step, point.Value)));
    }

    [Fact]
    public void Histograms_images_and_texts_are_read()
    {
        using var scope = NewDisposeScope();
        Write("a", writer =>
        {
            writer.add_histogram("weights", tensor(new[] { -1f, 0.5f, 0.5f, 2f }), 7);
            writer.add_image("picture", zeros(3, 4, 5), 8);
            writer.add_text("note", "**naïve** 注", 9);
        });

        var run = Board.Read(_folder.Path)["a"];

        var histogram = Assert.Single(run.Histograms["weights"]);
        Assert.Equal((7, -1, 2, 4), (histogram.Step, histogram.Min, histogram.Max, histogram.Counts.Sum()));
        var image = Assert.Single(run.Images["picture"]);
        Assert.Equal((8, 5, 4), (image.Step, image.Width, image.Height));
        Assert.Equal([4, 5], torchvision.io.DefaultImager.DecodeImage(image.File.ToArray()).shape[1..]);
        Assert.Equal("**naïve** 注", Assert.Single(run.Texts["note"]).Text);
    }

    [Fact]
    public void Hyperparameters_are_read_with_their_metrics()
    {
        Write("a", writer => writer.add_hparams(
            new Dictionary<string, object> { ["lr"] = 0.1, ["network"] = "plain", ["shuffle"] = true },
            new Dictionary<string, float> { ["hparam/accuracy"] = 0.5f }, run_name: "first"));

        var run = Board.Read(_folder.Path)["a/first"];

        Assert.Equal([("lr", 0.1), ("network", "plain"), ("shuffle", (object)true)], run.Settings.Select(setting => (setting.Key, setting.Value)));
        Assert.Equal(["hparam/accuracy"], run.Metrics);
        Assert.Equal(0.5, run.Scalars["hparam/accuracy"][^1].Value);
        Assert.Equal("success", run.Status);
    }

    [Fact]
    public void A_graph_is_read_with_its_shapes()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(("first", nn.Linear(4, 3)), ("last", nn.ReLU()));
        Write("a", writer => writer.add_graph(network, zeros(2, 4)));

        var graph = Board.Read(_folder.Path)["a"].Graph;

        Assert.Equal(["input", "first", "last", "output"], graph.Select(node => node.Name));
        Assert.Equal(("2 × 3", "first"), (graph[1].Shape, Assert.Single(graph[2].Inputs)));
    }

    [Fact]
    public void A_partial_record_is_read_after_it_is_complete()
    {
        Write("a", writer =>
        {
            writer.add_scalar("loss", 1, 1);
            writer.add_scalar("loss", 2, 2);
        });
        var file = EventFile("a");
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..^5]);

        var board = Board.Read(_folder.Path);

        Assert.Equal([1], board["a"].Scalars["loss"].Select(point => point.Value));
        Assert.Contains("ends within a record", Assert.Single(board["a"].Notes));

        File.WriteAllBytes(file, bytes);
        Assert.True(board.Refresh());
        Assert.Equal([1, 2], board["a"].Scalars["loss"].Select(point => point.Value));
        Assert.Empty(board["a"].Notes);
        Assert.False(board.Refresh());
    }

    [Fact]
    public void A_file_truncated_anywhere_has_the_previous_records()
    {
        Write("a", writer =>
        {
            for (var step = 0; step < 5; step++)
                writer.add_scalar("loss", step, step);
        });
        var file = EventFile("a");
        var bytes = File.ReadAllBytes(file);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(file, bytes[..length]);

            var points = Board.Read(_folder.Path)["a"].Scalars.GetValueOrDefault("loss", []);

            Assert.Equal(Enumerable.Range(0, points.Count).Select(step => (double)step), points.Select(point => point.Value));
        }
    }

    [Fact]
    public void Damage_is_reported_with_its_position_and_previous_records_are_read()
    {
        Write("a", writer =>
        {
            writer.add_scalar("loss", 1, 1);
            writer.add_scalar("loss", 2, 2);
        });
        var file = EventFile("a");
        var bytes = File.ReadAllBytes(file);
        bytes[^6] ^= 1;
        File.WriteAllBytes(file, bytes);

        var run = Board.Read(_folder.Path)["a"];

        Assert.Equal([1], run.Scalars["loss"].Select(point => point.Value));
        Assert.Contains("is damaged: the content of the record at byte", Assert.Single(run.Notes));
    }

    [Fact]
    public void Steps_that_a_resumed_run_writes_again_are_replaced()
    {
        Write("a", writer => Loss(writer, 1, 2, 3), suffix: "1");
        Write("a", writer => Loss(writer, 12, 13, 14), suffix: "2", first: 2);

        Assert.Equal([(1L, 1.0), (2, 12), (3, 13), (4, 14)], Board.Read(_folder.Path)["a"].Scalars["loss"].Select(point => (point.Step, point.Value)));

        void Loss(SummaryWriter writer, params float[] values)
        {
            for (var i = 0; i < values.Length; i++)
                writer.add_scalar("loss", values[i], i + (values[0] > 10 ? 2 : 1));
        }
    }

    [Fact]
    public void All_points_are_a_table()
    {
        Write("a", writer => writer.add_scalar("loss", 0.5f, 1));
        Write("b", writer => writer.add_scalar("loss", 0.25f, 1));

        var table = Board.Read(_folder.Path).Table();

        Assert.Equal(["run", "tag", "step", "time", "value"], table.Columns.Select(column => column.Name));
        Assert.Equal(["a", "b"], table.Rows.Select(row => (string?)row[0]));
        Assert.Equal([0.5, 0.25], table.Rows.Select(row => (double?)row[4]));
    }

    private string EventFile(string run) => Directory.GetFiles(_folder[run]).Single();

    private void Write(string run, Action<SummaryWriter> write, string? suffix = null, int first = 0)
    {
        // file names contain seconds
        using var writer = new SummaryWriter(_folder[run], filename_suffix: suffix, time: new LaterClock(first));
        write(writer);
    }

    private sealed class LaterClock(int seconds) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddSeconds(seconds);
    }
}
