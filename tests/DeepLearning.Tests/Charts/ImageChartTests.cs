using DeepLearning.Charts;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torchvision;

namespace DeepLearning.Tests.Charts;

public sealed class ImageChartTests : IDisposable
{
    private static readonly string[] _names = ["shirt", "coat"];

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void The_pixels_are_those_of_the_tensor()
    {
        var images = (arange(2 * 3 * 4) * 10).to(ScalarType.Byte).view(2, 1, 3, 4);

        var picture = Assert.IsType<Image>(Assert.Single(Chart.ImageGrid(images).Data));

        var decoded = io.read_image(new MemoryStream(picture.Png.ToArray()));
        var opaque = decoded[3].to(ScalarType.Bool);
        Assert.Equal(images.data<byte>().ToArray().Order(), decoded[0].masked_select(opaque).data<byte>().ToArray().Order());
        Assert.Equal((4, picture.Height, picture.Width), ((int)decoded.shape[0], (int)decoded.shape[1], (int)decoded.shape[2]));
    }

    [Fact]
    public void A_right_prediction_is_green_and_a_wrong_one_has_the_true_class()
    {
        var figure = Chart.ImageGrid(rand(2, 1, 8, 8), tensor(new[] { 0L, 1 }), tensor(new[] { 0L, 0 }), _names);

        var captions = figure.Svg().All("text").Where(text => (string?)text.Attribute("class") == "caption").ToList();
        Assert.Equal(["shirt", "✗ shirt", "is coat"], captions.Select(caption => caption.Value));
        Assert.Equal([Palette.Right, Palette.Wrong, null], captions.Select(caption => (string?)caption.Attribute("fill")));
        Assert.True(captions[0].Number("x") < captions[1].Number("x"));
        Assert.True(captions[1].Number("y") < captions[2].Number("y"));
    }

    [Fact]
    public void Rows_of_images_are_below_each_other()
    {
        var picture = (Image)Chart.ImageGrid(rand(5, 3, 8, 8), tensor(new[] { 0L, 1, 0, 1, 0 }), classNames: _names, columns: 2).Data[0];

        Assert.Equal(3, picture.Captions.Select(caption => caption.Y).Distinct().Count());
        Assert.Equal(2, picture.Captions.Select(caption => caption.X).Distinct().Count());
        Assert.All(picture.Captions, caption => Assert.InRange(caption.Y, 8, picture.Height));
    }

    [Fact]
    public void Normalized_images_are_scaled_from_their_minimum_to_their_maximum()
    {
        var picture = (Image)Chart.ImageGrid(tensor(new[] { -2f, 0, 2 }).view(1, 1, 1, 3)).Data[0];

        var decoded = io.read_image(new MemoryStream(picture.Png.ToArray()));
        Assert.Equal([0, 128, 255], decoded[0].masked_select(decoded[3].to(ScalarType.Bool)).data<byte>().ToArray());
    }

    [Fact]
    public void Plotly_gets_the_image_and_its_captions()
    {
        var json = Chart.ImageGrid(rand(1, 8, 8), tensor(new[] { 1L }), classNames: _names).Json();

        Assert.Equal("image", (string?)json["data"]![0]!["type"]);
        Assert.StartsWith("data:image/png", (string?)json["data"]![0]!["source"]);
        Assert.Equal("coat", (string?)json["layout"]!["annotations"]![1]!["text"]);
        Assert.False((bool)json["layout"]!["xaxis"]!["visible"]!);
    }

    [Fact]
    public void A_tensor_that_is_not_an_image_is_rejected_with_its_shape()
    {
        Assert.Contains("[5, 5]", Assert.Throws<ArgumentException>(() => Chart.ImageGrid(rand(5, 5))).Message);
        Assert.Contains("2 images, 1 labels", Assert.Throws<ArgumentException>(() => Chart.ImageGrid(rand(2, 8, 8), tensor(new[] { 1L }))).Message);
    }
}
