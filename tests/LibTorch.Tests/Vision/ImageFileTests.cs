using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using TorchSharp;
using TorchSharp.Files;
using static TorchSharp.torch;
using static TorchSharp.torchvision;

namespace LibTorch.Tests.Vision;

// Files and their pixels: png.json, written by png.py with Pillow.
public sealed class ImageFileTests
{
    private static readonly Dictionary<string, Sample> _files = JsonSerializer.Deserialize<Dictionary<string, Sample>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vision", "png.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Names => [.. _files.Keys];

    public static TheoryData<long> Channels => [1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kind_of_PNG_is_read(string name)
    {
        var (file, size, pixels) = _files[name];
        using var image = io.read_image(new MemoryStream(file));
        Assert.Equal(size, image.shape);
        Assert.Equal(pixels, image.ToArray<byte>().Select(value => (int)value));
    }

    [Fact]
    public void Colours_of_sixteen_bits_are_rounded_to_eight()
    {
        var file = Png(1, 1, depth: 16, colour: 2, [0, 0x12, 0x34, 0x7F, 0xFF, 0xFF, 0xFF]);
        using var image = io.read_image(new MemoryStream(file));
        Assert.Equal([0x12, 0x7F, 0xFF], image.ToArray<byte>());
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void What_is_written_is_read_again(long channels)
    {
        using var image = (arange(channels * 5 * 7) * 41 % 256).to(ScalarType.Byte).reshape(channels, 5, 7);
        using var folder = new Files.TemporaryFolder();
        var path = Path.Combine(folder.Path, "image.png");
        io.write_png(image, path);
        using var again = io.read_image(path);
        Assert.Equal(image.shape, again.shape);
        Assert.Equal(image.ToArray<byte>(), again.ToArray<byte>());
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(io.ImageReadMode.GRAY, new byte[] { 124 })]
    [InlineData(io.ImageReadMode.GRAY_ALPHA, new byte[] { 124, 50 })]
    [InlineData(io.ImageReadMode.RGB, new byte[] { 200, 100, 50 })]
    [InlineData(io.ImageReadMode.RGB_ALPHA, new byte[] { 200, 100, 50, 50 })]
    public void A_colour_image_comes_in_the_channels_asked_for(io.ImageReadMode mode, byte[] expected)
    {
        using var pixel = tensor(new byte[] { 200, 100, 50, 50 }, [4, 1, 1]);
        using var image = io.decode_image(io.encode_image(pixel, ImageFormat.Png), mode);
        Assert.Equal(expected, image.ToArray<byte>());
    }

    [Theory]
    [InlineData(io.ImageReadMode.RGB, new byte[] { 7, 7, 7 })]
    [InlineData(io.ImageReadMode.RGB_ALPHA, new byte[] { 7, 7, 7, 255 })]
    [InlineData(io.ImageReadMode.GRAY_ALPHA, new byte[] { 7, 255 })]
    public void A_grey_image_comes_in_the_channels_asked_for(io.ImageReadMode mode, byte[] expected)
    {
        using var pixel = tensor(new byte[] { 7 }, [1, 1, 1]);
        using var image = io.decode_image(io.encode_image(pixel, ImageFormat.Png), mode);
        Assert.Equal(expected, image.ToArray<byte>());
    }

    [Fact]
    public void A_saved_grid_has_the_bytes_of_its_values()
    {
        using var images = linspace(0, 1, 8).reshape(2, 1, 2, 2);
        using var stream = new MemoryStream();
        torchvision.utils.save_image(images, stream, padding: 0);
        stream.Position = 0;
        using var image = io.read_image(stream, io.ImageReadMode.GRAY);
        Assert.Equal([0, 36, 146, 182, 73, 109, 219, 255], image.ToArray<byte>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_that_ends_anywhere_before_its_end_is_damaged(string name)
    {
        var file = _files[name].File;
        for (var length = 0; length < file.Length; length += 3)
            Assert.Throws<InvalidDataException>(() => io.read_image(new MemoryStream(file[..length])));
    }

    [Fact]
    public void A_changed_byte_anywhere_is_noticed()
    {
        var file = _files["colour 6, depth 8"].File;
        for (var i = 0; i < file.Length; i++)
        {
            var damaged = (byte[])file.Clone();
            damaged[i] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => io.read_image(new MemoryStream(damaged)));
        }
    }

    [Theory]
    [InlineData(60_000, 60_000, 8, 2, "too little data")]
    [InlineData(int.MaxValue, int.MaxValue, 16, 6, "too little data")]
    [InlineData(0, 5, 8, 0, "cannot have 0 x 5 pixels")]
    [InlineData(-1, 5, 8, 0, "cannot have 4294967295 x 5 pixels")]
    [InlineData(2, 2, 3, 0, "unknown kind (depth 3, colour type 0)")]
    [InlineData(2, 2, 16, 3, "unknown kind (depth 16, colour type 3)")]
    [InlineData(2, 2, 8, 5, "unknown kind (depth 8, colour type 5)")]
    [InlineData(2, 2, 8, 3, "palette is missing")]
    [InlineData(2, 9, 8, 0, "end too early")]
    public void A_header_that_promises_the_impossible_is_refused(int width, int height, byte depth, byte colour, string reason)
    {
        var file = Png(width, height, depth, colour, new byte[10]);
        var error = Assert.Throws<InvalidDataException>(() => io.read_image(new MemoryStream(file)));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_filter_is_refused()
    {
        var error = Assert.Throws<InvalidDataException>(() => io.read_image(new MemoryStream(Png(1, 1, 8, 0, [9, 0]))));
        Assert.Contains("unknown filter (9)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_format_is_named()
    {
        using var folder = new Files.TemporaryFolder();
        var path = Path.Combine(folder.Path, "photo.jpg");
        File.WriteAllBytes(path, [0xFF, 0xD8, 0xFF]);
        var error = Assert.Throws<InvalidDataException>(() => io.read_image(path));
        Assert.Equal($"{path}: The file is not a PNG image; other formats need an imager of their own.", error.Message);
    }

    [Fact]
    public void What_a_PNG_cannot_hold_is_refused_and_leaves_no_file()
    {
        using var folder = new Files.TemporaryFolder();
        var path = Path.Combine(folder.Path, "image.png");
        using var numbers = zeros(3, 4, 4);
        using var many = zeros([5, 4, 4], ScalarType.Byte);
        using var good = zeros([3, 4, 4], ScalarType.Byte);
        Assert.Throws<ArgumentException>(() => io.write_png(numbers, path));
        Assert.Throws<ArgumentException>(() => io.write_png(many, path));
        Assert.Throws<NotSupportedException>(() => io.write_image(good, path, ImageFormat.Jpeg));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static byte[] Png(int width, int height, byte depth, byte colour, byte[] rows)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (depth, colour);
        using var data = new MemoryStream();
        using (var deflated = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
            deflated.Write(rows);
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, data.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
    {
        var chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        name.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(content.Length + 8), Crc32.Of(chunk.AsSpan(4, content.Length + 4)));
        return chunk;
    }

    private sealed record Sample(byte[] File, long[] Size, int[] Pixels);
}
