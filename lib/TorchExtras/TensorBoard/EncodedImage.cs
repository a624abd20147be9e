using System.Buffers.Binary;
using System.Text;
using TorchSharp.Vision;
using static TorchSharp.torch;

namespace TorchSharp.TensorBoard;

/// <summary>The bytes of an image file and its size, for TensorBoard.</summary>
internal sealed record EncodedImage(int Height, int Width, int Channels, byte[] Bytes)
{
    private const int ImagesPerRow = 8;

    /// <summary>Encodes a tensor as PNG. Integers are values from 0 to 255, floats from 0 to 1.</summary>
    /// <param name="tensor">One image, or several images, which are arranged in a grid with eight images per row.</param>
    /// <param name="dataformats">The order of the dimensions: H, W, C and N, at most once each.</param>
    public static EncodedImage Of(Tensor tensor, string dataformats)
    {
        var formats = dataformats.ToUpperInvariant();
        if (formats.Length != tensor.ndim || formats.Distinct().Count() != formats.Length || formats.Except("NCHW").Any()
            || !formats.Contains('H', StringComparison.Ordinal) || !formats.Contains('W', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"dataformats '{dataformats}' does not match a tensor of shape [{string.Join(", ", tensor.shape)}]: it needs one of the letters N, C, H, W for each dimension.",
                nameof(dataformats));
        }
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        using Scalar black = 0; // these are kept alive during the calls, because TorchSharp does not keep them alive
        using Scalar white = 255;
        var bytes = (tensor.is_floating_point() ? tensor.to(ScalarType.Float32).mul(white).clamp(black, white) : tensor).to(ScalarType.Byte).cpu();
        foreach (var missing in "NHWC".Where(dim => !formats.Contains(dim, StringComparison.Ordinal)))
        {
            bytes = bytes.unsqueeze(0);
            formats = missing + formats;
        }
        var ordered = bytes.permute([.. "NHWC".Select(dim => (long)formats.IndexOf(dim, StringComparison.Ordinal))]).contiguous();
        var (count, height, width, channels) = ((int)ordered.size(0), (int)ordered.size(1), (int)ordered.size(2), (int)ordered.size(3));
        if (channels is 0 or > 4 || (long)count * height * width == 0)
        {
            throw new ArgumentException(
                $"An image must have one to four channels and at least one pixel, but the tensor has the shape [{string.Join(", ", tensor.shape)}] ({dataformats}).",
                nameof(tensor));
        }
        var pixels = ordered.data<byte>().ToArray();
        return count == 1 ? Encode(pixels, height, width, channels) : Grid(pixels, count, height, width, channels);
    }

    /// <summary>Wraps the bytes of a PNG or SVG file.</summary>
    /// <exception cref="ArgumentException">The bytes are neither PNG nor SVG.</exception>
    public static EncodedImage Of(byte[] figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        if (PngSize(figure) is { } size)
            return new(size.Height, size.Width, size.Channels, figure);
        if (Encoding.UTF8.GetString(figure, 0, Math.Min(figure.Length, 1000)).Contains("<svg", StringComparison.Ordinal))
            return new(0, 0, 4, figure);
        throw new ArgumentException("The bytes are neither a PNG nor an SVG image.", nameof(figure));
    }

    private static (int Height, int Width, int Channels)? PngSize(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        // signature and the chunk IHDR: length, type, width, height, depth, color type
        if (file.Length < 33 || !file.StartsWith(signature))
            return null;
        var channels = file[25] switch { 0 => 1, 4 => 2, 6 => 4, _ => 3 };
        return (BinaryPrimitives.ReadInt32BigEndian(file[20..]), BinaryPrimitives.ReadInt32BigEndian(file[16..]), channels);
    }

    private static EncodedImage Encode(byte[] pixels, int height, int width, int channels) =>
        new(height, width, channels, Png.Encode(pixels, height, width, channels));

    private static EncodedImage Grid(byte[] pixels, int count, int height, int width, int channels)
    {
        var columns = Math.Min(count, ImagesPerRow);
        var rows = (count + columns - 1) / columns;
        var row = width * channels;
        var grid = new byte[rows * columns * height * row];
        for (var y = 0; y < count * height; y++)
        {
            var (image, line) = Math.DivRem(y, height);
            var target = ((((image / columns) * height) + line) * columns) + (image % columns);
            pixels.AsSpan(y * row, row).CopyTo(grid.AsSpan(target * row));
        }
        return Encode(grid, rows * height, columns * width, channels);
    }
}
