using System.Runtime.CompilerServices;
using System.Text.Json;
using TorchSharp.Vision;
using static TorchSharp.torch;
using static TorchSharp.torchvision;
using ImageReadMode = TorchSharp.torchvision.io.ImageReadMode;

namespace TorchSharp.Extras.Tests.Vision;

// The files and their pixels are in png.json, which png.py wrote with Pillow.
public sealed class ImageFileTests
{
    private static readonly Dictionary<string, Sample> _files = JsonSerializer.Deserialize<Dictionary<string, Sample>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vision", "png.json")), JsonSerializerOptions.Web)!;

    // like the first use of any member of TorchExtras
    static ImageFileTests() => RuntimeHelpers.RunModuleConstructor(typeof(ImageFiles).Module.ModuleHandle);

    public static TheoryData<string> Names => [.. _files.Keys];

    [Fact]
    public void The_default_imager_is_set() => Assert.IsType<ImageFiles>(io.DefaultImager);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kind_of_PNG_is_read(string name)
    {
        var (file, size, pixels) = _files[name];
        var mode = size[0] switch { 1 => ImageReadMode.GRAY, 2 => ImageReadMode.GRAY_ALPHA, 3 => ImageReadMode.RGB, _ => ImageReadMode.RGB_ALPHA };
        using var image = io.read_image(new MemoryStream(file), mode);
        Assert.Equal(size, image.shape);
        int[] actual = [.. image.data<byte>().ToArray()];
        // SkiaSharp and Pillow round 16 bits to 8 bits differently
        var difference = name.Contains("depth 16", StringComparison.Ordinal) ? 1 : 0;
        Assert.All(pixels.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - difference, pair.First + difference));
    }

    [Theory]
    [InlineData("color 0, depth 8", 1)]
    [InlineData("color 2, depth 8", 3)]
    [InlineData("color 6, depth 8", 4)]
    [InlineData("palette with transparency", 4)]
    public void An_image_has_the_channels_of_its_file(string name, long channels)
    {
        using var image = io.read_image(new MemoryStream(_files[name].File));
        Assert.Equal(channels, image.shape[0]);
    }

    [Theory]
    [InlineData(1, ImageReadMode.GRAY)]
    [InlineData(2, ImageReadMode.GRAY_ALPHA)]
    [InlineData(3, ImageReadMode.RGB)]
    [InlineData(4, ImageReadMode.RGB_ALPHA)]
    public void A_written_PNG_file_is_read_without_a_change(long channels, ImageReadMode mode)
    {
        using var image = Image(channels);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "image.png");
        io.write_png(image, path);
        using var again = io.read_image(path, mode);
        Assert.Equal(image.shape, again.shape);
        Assert.Equal(image.data<byte>().ToArray(), again.data<byte>().ToArray());
    }

    [Fact]
    public void A_channels_last_image_is_written_correctly()
    {
        using var image = Image(3).permute(1, 2, 0).contiguous().permute(2, 0, 1);
        using var again = Again(image, ImageFormat.Png);
        Assert.True(again.equal(image).all().ToBoolean());
    }

    [Fact]
    public void An_image_without_a_channel_dimension_is_grayscale()
    {
        using var image = Image(1)[0];
        using var again = Again(image, ImageFormat.Png);
        Assert.Equal([1, 5, 7], again.shape);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Webp)]
    public void Photographs_approximately_keep_their_colors(ImageFormat format)
    {
        using var image = full([3, 16, 16], 200, ScalarType.Byte);
        image[0].fill_(40);
        using var again = Again(image, format);
        Assert.Equal(image.shape, again.shape);
        Assert.InRange((again.@float() - image.@float()).abs().max().ToSingle(), 0, 6);
    }

    [Theory]
    [InlineData(ImageReadMode.GRAY, new byte[] { 124 })]
    [InlineData(ImageReadMode.GRAY_ALPHA, new byte[] { 124, 50 })]
    [InlineData(ImageReadMode.RGB, new byte[] { 200, 100, 50 })]
    [InlineData(ImageReadMode.RGB_ALPHA, new byte[] { 200, 100, 50, 50 })]
    public void A_color_image_is_read_with_the_requested_channels(ImageReadMode mode, byte[] expected)
    {
        using var pixel = tensor(new byte[] { 200, 100, 50, 50 }, [4, 1, 1]);
        using var image = Again(pixel, ImageFormat.Png, mode);
        Assert.Equal(expected, image.data<byte>().ToArray());
    }

    [Theory]
    [InlineData(ImageReadMode.RGB, new byte[] { 7, 7, 7 })]
    [InlineData(ImageReadMode.RGB_ALPHA, new byte[] { 7, 7, 7, 255 })]
    [InlineData(ImageReadMode.GRAY_ALPHA, new byte[] { 7, 255 })]
    public void A_grayscale_image_is_read_with_the_requested_channels(ImageReadMode mode, byte[] expected)
    {
        using var pixel = tensor(new byte[] { 7 }, [1, 1, 1]);
        using var image = Again(pixel, ImageFormat.Png, mode);
        Assert.Equal(expected, image.data<byte>().ToArray());
    }

    [Fact]
    public void A_saved_grid_has_the_bytes_of_its_values()
    {
        using var images = linspace(0, 1, 8).reshape(2, 1, 2, 2);
        using var stream = new MemoryStream();
        torchvision.utils.save_image(images, stream, padding: 0);
        stream.Position = 0;
        using var image = io.read_image(stream, ImageReadMode.GRAY);
        Assert.Equal([0, 36, 146, 182, 73, 109, 219, 255], image.data<byte>().ToArray());
    }

    [Fact]
    public void A_saved_image_replaces_a_longer_file()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "image.png");
        File.WriteAllBytes(path, new byte[100_000]);
        torchvision.utils.save_image(zeros(3, 4, 4), path);
        Assert.InRange(new FileInfo(path).Length, 60, 200);
        using var again = io.read_image(path);
        Assert.Equal([3, 4, 4], again.shape);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void The_extension_of_a_file_determines_its_format()
    {
        using var folder = new TemporaryFolder();
        torchvision.utils.save_image(zeros(3, 4, 4), Path.Combine(folder.Path, "image.JPG"));
        Assert.Equal([0xFF, 0xD8], File.ReadAllBytes(Path.Combine(folder.Path, "image.JPG"))[..2]);
        var error = Assert.Throws<NotSupportedException>(() => torchvision.utils.save_image(zeros(3, 4, 4), Path.Combine(folder.Path, "image.xyz")));
        Assert.Contains(".xyz", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("color 2, depth 8")]
    [InlineData("color 6, depth 8, interlaced")]
    public void A_file_without_its_last_tenth_is_rejected(string name)
    {
        var file = _files[name].File;
        for (var length = 0; length < file.Length * 9 / 10; length += 7)
        {
            var part = file[..length];
            Assert.True(Record.Exception(() => io.read_image(new MemoryStream(part))) is InvalidDataException, $"{length} of {file.Length} bytes");
        }
    }

    [Fact]
    public void A_file_that_is_not_an_image_is_rejected()
    {
        var error = Assert.Throws<InvalidDataException>(() => io.read_image(new MemoryStream("not an image"u8.ToArray())));
        Assert.Contains("not an image", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_that_is_not_an_image_is_rejected()
    {
        using var many = zeros([5, 4, 4], ScalarType.Byte);
        using var empty = zeros([3, 0, 4], ScalarType.Byte);
        using var good = zeros([3, 4, 4], ScalarType.Byte);
        Assert.Contains("[5, 4, 4]", Assert.Throws<ArgumentException>(() => io.write_png(many, Stream.Null)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => io.write_png(empty, Stream.Null));
        Assert.Throws<ArgumentException>(() => new ImageFiles().EncodeImage(good.@float(), ImageFormat.Png));
        Assert.Throws<NotSupportedException>(() => io.write_image(good, Stream.Null, ImageFormat.Tiff));
    }

    [Fact]
    public void Pixels_that_do_not_match_the_size_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => Png.Encode(new byte[11], 2, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Png.Encode(new byte[20], 2, 2, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Png.Encode([], 0, 2, 3));
    }

    private static Tensor Image(long channels) => (arange(channels * 5 * 7) * 41 % 256).to(ScalarType.Byte).reshape(channels, 5, 7);

    private static Tensor Again(Tensor image, ImageFormat format, ImageReadMode mode = ImageReadMode.UNCHANGED)
    {
        using var stream = new MemoryStream();
        io.write_image(image, stream, format);
        stream.Position = 0;
        return io.read_image(stream, mode);
    }

    private sealed record Sample(byte[] File, long[] Size, int[] Pixels);
}
