using System.Text.Json;
using TorchSharp.Vision;
using static TorchSharp.torch;
using static TorchSharp.torchvision;

namespace TorchSharp.Extras.Tests.Vision;

// Expected values: images.json, written by images.py with torchvision; each expression here has the same name there.
public sealed class ImageGridTests
{
    private static readonly JsonElement _expected = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vision", "images.json"))).RootElement;

    private static readonly Tensor _batch = arange(180, ScalarType.Float32).mul(0.37).sin().mul(0.5).add(0.5).reshape(2, 3, 5, 6);
    private static readonly Tensor _image = _batch[0];
    private static readonly Tensor _pixels = (arange(90) * 37 % 256).to(ScalarType.Byte).reshape(3, 5, 6);
    private static readonly Tensor _gray = _batch[0, ..1];
    private static readonly Tensor _wide = arange(300, ScalarType.Float32).mul(0.11).cos().mul(0.5).add(0.5).reshape(3, 10, 10);

    private static readonly Dictionary<string, Func<Tensor>> _expressions = new()
    {
        ["to tensor"] = () => transforms.ToTensor().call(_pixels.permute(1, 2, 0)),
        ["to tensor gray"] = () => transforms.ToTensor().call(_pixels[0]),
        ["grid"] = () => ImageGrid.Make(cat([_batch, _batch + 1, _batch[..1]]), 3),
        ["grid of gray"] = () => ImageGrid.Make(_batch[.., ..1], padding: 1, padValue: 0.5),
        ["grid normalized"] = () => ImageGrid.Make((_batch * 3) - 1, normalize: true),
        ["grid normalized each"] = () => ImageGrid.Make(_batch * tensor(new[] { 3f, 0.5f }).view(2, 1, 1, 1), 1, normalize: true, scaleEach: true),
        ["grid in range"] = () => ImageGrid.Make(_batch, normalize: true, valueRange: (0.2, 0.6)),
        ["grid of one"] = () => ImageGrid.Make(_gray),
        ["grid of a matrix"] = () => ImageGrid.Make(_gray[0], normalize: true),
        ["grid of bytes"] = () => ImageGrid.Make(stack([_pixels, _pixels.flip(0)]), padValue: 9),
        ["grid of a list"] = () => ImageGrid.Make(stack([_image, _wide[.., ..5, ..6]]), 1, 0),
    };

    public static TheoryData<string> Names => [.. _expected.EnumerateObject().Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_image_equals_torchvisions(string name)
    {
        using var scope = NewDisposeScope();
        var result = _expressions[name]();
        var expected = _expected.GetProperty(name);
        Assert.Equal(expected.GetProperty("size").Deserialize<long[]>(), result.shape);
        double[] values = expected.GetProperty("values").Deserialize<double[]>()!;
        double[] actual = result.to(ScalarType.Float64).contiguous().data<double>().ToArray();
        for (var i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(values[i] - actual[i]) < 1e-5, $"{name}: value {i} is {actual[i]}, torchvision's {values[i]}.");
    }

    [Fact]
    public void A_grid_does_not_share_memory_with_its_images()
    {
        using var scope = NewDisposeScope();
        var images = rand(1, 1, 4, 4);
        var before = images.clone();
        ImageGrid.Make(images, normalize: true).fill_(9);
        ImageGrid.Make(images).fill_(9);
        Assert.True(images.allclose(before));
    }

    [Fact]
    public void A_grid_with_an_incomplete_last_row_is_saved()
    {
        using var stream = new MemoryStream();
        torchvision.utils.save_image(zeros(5, 1, 4, 4), stream, nrow: 3, pad_value: 1);
        stream.Position = 0;
        using var saved = io.read_image(stream);
        Assert.Equal([3, 14, 20], saved.shape);
    }

    [Fact]
    public void Tensors_that_are_not_images_are_rejected()
    {
        Assert.Contains("at least one image", Assert.Throws<ArgumentException>(() => ImageGrid.Make(zeros(0, 3, 4, 4))).Message, StringComparison.Ordinal);
        Assert.Contains("[4]", Assert.Throws<ArgumentException>(() => ImageGrid.Make(zeros(4))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "ConvertImageDtype",
            Assert.Throws<ArgumentException>(() => ImageGrid.Make(zeros([2, 3, 4, 4], ScalarType.Byte), normalize: true)).Message,
            StringComparison.Ordinal);
    }
}
