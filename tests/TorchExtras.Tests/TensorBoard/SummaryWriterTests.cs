using System.Buffers.Binary;
using System.IO.Compression;
using TorchSharp.TensorBoard;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.TensorBoard;

public sealed class SummaryWriterTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new(DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000.25));

    public void Dispose()
    {
        _folder.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void A_file_starts_with_its_version()
    {
        Writer().Dispose();

        var first = TensorBoardFile.Read(_folder.Path)[0];
        Assert.Equal("brain.Event:2", first.Text(3));
        Assert.Equal(1_700_000_000.25, first.Double(1));
    }

    [Fact]
    public void Scalars_have_tag_value_step_and_a_wall_time_with_its_fraction()
    {
        using (var writer = Writer())
        {
            writer.add_scalar("loss/train", 0.5f, 3);
            _time.Advance(TimeSpan.FromMilliseconds(500));
            writer.add_scalar("loss/train", 0.25f, 4);
            writer.add_scalar("other", -1, -2, walltime: 12);
        }

        Assert.Equal(
            [("loss/train", 0.5f, 3, 1_700_000_000.25), ("loss/train", 0.25f, 4, 1_700_000_000.75), ("other", -1, -2, 12)],
            TensorBoardFile.Values(_folder.Path).Select(entry => (entry.Value.Text(1), entry.Value.Float(2), entry.Step, entry.WallTime)));
    }

    [Fact]
    public void Grouped_scalars_have_a_folder_for_each_tag_and_series()
    {
        using (var writer = Writer())
        {
            writer.add_scalars("loss", new Dictionary<string, float> { ["train"] = 1, ["val"] = 2 }, 0);
            writer.add_scalars("accuracy", [("train", 3), ("val", 4)], 0);
        }

        foreach (var (run, value) in new[] { ("loss_train", 1f), ("loss_val", 2f), ("accuracy_train", 3f), ("accuracy_val", 4f) })
        {
            var only = Assert.Single(TensorBoardFile.Values(_folder[run]));
            Assert.Equal((run.Split('_')[0], value), (only.Value.Text(1), only.Value.Float(2)));
        }
    }

    [Fact]
    public void Events_wait_until_the_time_limit_or_a_flush()
    {
        using var writer = Writer();

        writer.add_scalar("a", 1, 0);
        Assert.Empty(TensorBoardFile.Values(_folder.Path));
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Single(TensorBoardFile.Values(_folder.Path));
        writer.add_scalar("a", 1, 1);
        writer.flush();
        Assert.Equal(2, TensorBoardFile.Values(_folder.Path).Count);
    }

    [Fact]
    public void A_closed_writer_throws()
    {
        var writer = Writer();
        writer.close();
        writer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => writer.add_scalar("a", 1, 0));
    }

    [Fact]
    public void Threads_share_a_writer()
    {
        using (var writer = Writer())
            Parallel.For(0, 1000, step => writer.add_scalar("a", step, step));

        Assert.Equal(Enumerable.Range(0, 1000).Select(step => (long)step), TensorBoardFile.Values(_folder.Path).Select(entry => entry.Step).Order());
    }

    [Fact]
    public void A_text_is_a_string_tensor_of_the_text_plugin()
    {
        using (var writer = Writer())
            writer.add_text("note", "**naïve** 注", 7);

        var (value, step, _) = Assert.Single(TensorBoardFile.Values(_folder.Path));
        Assert.Equal(("note/text_summary", 7), (value.Text(1), step));
        Assert.Equal("text", value.Only(9).Only(1).Text(1));
        Assert.Equal((7, "**naïve** 注"), (value.Only(8).Integer(1), value.Only(8).Text(8)));
        Assert.Equal(1, value.Only(8).Only(2).Only(2).Integer(1));
    }

    [Fact]
    public void Hyperparameters_are_a_separate_run_with_their_results()
    {
        using (var writer = Writer())
        {
            writer.add_hparams(
                new Dictionary<string, object> { ["lr"] = 0.1, ["optimizer"] = "Adam", ["norm"] = true },
                new Dictionary<string, float> { ["hparam/accuracy"] = 0.9f },
                new Dictionary<string, IList<object>> { ["optimizer"] = ["Adam", "SGD"] }, "first");
        }

        var values = TensorBoardFile.Values(_folder["first"]).Select(entry => entry.Value).ToList();
        Assert.Equal(
            ["_hparams_/experiment", "_hparams_/session_start_info", "_hparams_/session_end_info", "hparam/accuracy"],
            values.Select(value => value.Text(1)));
        Assert.All(values[..3], value => Assert.Equal("hparams", value.Only(9).Only(1).Text(1)));
        var experiment = new Message(values[0].Only(9).Only(1).Bytes(2)).Only(2);
        Assert.Equal([("lr", 3), ("optimizer", 1), ("norm", 2)], experiment.Messages(4).Select(info => (info.Text(1), (int)info.Integer(4))));
        Assert.Equal(["Adam", "SGD"], experiment.Messages(4).ElementAt(1).Only(5).Messages(1).Select(value => value.Text(3)));
        Assert.Equal("hparam/accuracy", experiment.Only(5).Only(1).Text(2));
        var start = new Message(values[1].Only(9).Only(1).Bytes(2)).Only(3);
        Assert.Equal(0.1, start.Messages(1).First().Only(2).Double(2));
        Assert.Equal(1, new Message(values[2].Only(9).Only(1).Bytes(2)).Only(4).Integer(1));
        Assert.Equal(0.9f, values[3].Float(2));
    }

    [Fact]
    public void A_setting_of_another_type_is_rejected_before_a_run_is_created()
    {
        using var writer = Writer();

        Assert.Throws<ArgumentException>(() => writer.add_hparams(
            new Dictionary<string, object> { ["clock"] = TimeSpan.Zero }, new Dictionary<string, float>(), run_name: "none"));

        Assert.False(Directory.Exists(_folder["none"]));
    }

    [Fact]
    public void An_image_is_a_png_of_the_same_pixels()
    {
        var pixels = randint(256, [3, 5, 7]).to(uint8);
        using (var writer = Writer())
            writer.add_image("picture", pixels, 1);

        var (height, width, channels, decoded) = Image(0);
        Assert.Equal((5, 7, 3), (height, width, channels));
        Assert.Equal(pixels.permute(1, 2, 0).contiguous().data<byte>().ToArray(), decoded);
    }

    [Fact]
    public void Floats_are_scaled_from_zero_to_one()
    {
        using (var writer = Writer())
            writer.add_image("gray", tensor(new[,] { { 0f, 0.5f }, { 1f, 7f } }), 1, dataformats: "HW");

        Assert.Equal([0, 127, 255, 255], Image(0).Pixels);
    }

    [Fact]
    public void Several_images_become_a_grid_with_eight_per_row()
    {
        var pixels = arange(9).to(uint8).view(9, 1, 1, 1).expand(9, 1, 2, 3);
        using (var writer = Writer())
            writer.add_images("digits", pixels, 1);

        var (height, width, channels, decoded) = Image(0);
        Assert.Equal((4, 24, 1), (height, width, channels));
        Assert.Equal([0, 0, 0, 1, 1, 1], decoded[..6]);
        Assert.Equal([8, 8, 8, 0], decoded[48..52]);
    }

    [Fact]
    public void The_bytes_of_a_figure_are_not_changed()
    {
        var svg = "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray();
        using (var writer = Writer())
        {
            writer.add_figure("drawing", svg, 1);
            Assert.Throws<ArgumentException>(() => writer.add_figure("drawing", [1, 2, 3], 1));
        }

        Assert.Equal(svg, Assert.Single(TensorBoardFile.Values(_folder.Path)).Value.Only(4).Bytes(4));
    }

    [Fact]
    public void Writing_leaves_no_tensors()
    {
        using var writer = Writer();
        var pixels = rand(3, 4, 4);
        var before = LiveTensors.Settle();

        writer.add_image("picture", pixels, 0);
        writer.add_histogram("values", pixels, 0);

        Assert.Equal(before, LiveTensors.Settle());
    }

    [Fact]
    public void An_unknown_dimension_is_rejected()
    {
        using var writer = Writer();

        Assert.Throws<ArgumentException>(() => writer.add_image("a", zeros(3, 4), 0));
        Assert.Throws<ArgumentException>(() => writer.add_image("a", zeros(9, 4, 4), 0));
    }

    private SummaryWriter Writer() => new SummaryWriter(_folder.Path, time: _time);

    private (int Height, int Width, int Channels, byte[] Pixels) Image(int index)
    {
        var image = TensorBoardFile.Values(_folder.Path)[index].Value.Only(4);
        var png = image.Bytes(4);
        var (height, width) = (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal((image.Integer(1), image.Integer(2)), (height, width));
        var channels = (int)image.Integer(3);
        var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        Assert.Equal("IDAT"u8, png.AsSpan(37, 4));
        using var inflated = new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        inflated.CopyTo(rows);
        return (height, width, channels, [.. rows.ToArray().Chunk(1 + (width * channels)).SelectMany(row => row[1..])]);
    }
}
