using static TorchSharp.torch;
using static TorchSharp.torchvision;

namespace TorchSharp.Extras.Tests.Vision;

public sealed class ToTensorTests
{
    [Theory]
    [InlineData(new long[] { 4, 5 }, new long[] { 1, 4, 5 })]
    [InlineData(new long[] { 4, 5, 3 }, new long[] { 3, 4, 5 })]
    [InlineData(new long[] { 2, 4, 5, 3 }, new long[] { 2, 3, 4, 5 })]
    public void Channels_come_first(long[] size, long[] expected)
    {
        using var pixels = zeros(size, ScalarType.Byte);
        using var image = transforms.ToTensor().call(pixels);
        Assert.Equal(expected, image.shape);
    }

    [Fact]
    public void Each_pixel_keeps_its_position()
    {
        using var pixels = arange(12).to(ScalarType.Byte).reshape(2, 2, 3);
        using var image = transforms.ToTensor().call(pixels);
        Assert.Equal(new[] { 0f, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11 }.Select(value => value / 255), image.data<float>().ToArray());
    }

    [Fact]
    public void Bytes_become_numbers_from_0_to_1()
    {
        using var pixels = tensor(new byte[] { 0, 51, 255 }, [1, 3]);
        using var image = transforms.ToTensor().call(pixels);
        Assert.Equal([0f, 51 / 255f, 1f], image.data<float>().ToArray());
    }

    [Fact]
    public void Other_types_keep_their_values()
    {
        using var pixels = tensor(new[] { 3.0, 7.5 }, [1, 2]);
        using var image = transforms.ToTensor().call(pixels);
        Assert.Equal([3.0, 7.5], image.data<double>().ToArray());
    }

    [Fact]
    public void The_transform_composes_with_others_and_does_not_change_its_input()
    {
        using var pixels = full([4, 4, 1], 255, ScalarType.Byte);
        using var image = transforms.Compose(transforms.ToTensor(), transforms.HorizontalFlip()).call(pixels);
        Assert.Equal([1, 4, 4], image.shape);
        Assert.False(pixels.IsInvalid);
    }

    [Fact]
    public void Channels_that_come_first_already_are_rejected()
    {
        var error = Assert.Throws<ArgumentException>(() => transforms.ToTensor().call(zeros([3, 28, 28], ScalarType.Byte)));
        Assert.Contains("use ConvertImageDtype", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_that_is_not_an_image_is_rejected() =>
        Assert.Contains("[5]", Assert.Throws<ArgumentException>(() => transforms.ToTensor().call(zeros(5))).Message, StringComparison.Ordinal);
}
