using System.Text;
using TorchSharp.Vision;
using static TorchSharp.torch;

namespace TorchSharp.TensorBoard;

/// <summary>An image file's bytes and what TensorBoard wants to know of it.</summary>
internal sealed record EncodedImage(int Height, int Width, int Channels, byte[] Bytes)
{
    private const int ImagesARow = 8;

    /// <summary>Encodes a tensor: whole numbers are taken from 0 to 255, all others from 0 to 1.</summary>
    /// <param name="tensor">One image, or several, which become a grid of eight a row.</param>
    /// <param name="dataformats">The meaning of the dimensions: H, W, C and N, once each.</param>
    public static EncodedImage Of(Tensor tensor, string dataformats)
    {
        var formats = dataformats.ToUpperInvariant();
        if (formats.Length != tensor.ndim || formats.Distinct().Count() != formats.Length || formats.Except("NCHW").Any()
            || !formats.Contains('H', StringComparison.Ordinal) || !formats.Contains('W', StringComparison.Ordinal))
            throw new ArgumentException($"'{dataformats}' does not name the dimensions of an image tensor {tensor}: write CHW, HWC, HW or NCHW.");
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var bytes = tensor.dtype is ScalarType.Byte or ScalarType.Int8
            ? tensor.to(ScalarType.Byte)
            : (tensor.to(ScalarType.Float32) * 255).clamp(0, 255).to(ScalarType.Byte);
        foreach (var missing in "NHWC".Where(dim => !formats.Contains(dim, StringComparison.Ordinal)))
        {
            bytes = bytes.unsqueeze(0);
            formats = missing + formats;
        }
        var ordered = bytes.permute([.. "NHWC".Select(dim => (long)formats.IndexOf(dim, StringComparison.Ordinal))]);
        var (count, height, width, channels) = ((int)ordered.size(0), (int)ordered.size(1), (int)ordered.size(2), (int)ordered.size(3));
        if (channels is 0 or > 4 || count * height * width == 0)
            throw new ArgumentException($"An image has one to four channels and at least one pixel; the tensor is {tensor}.");
        return count == 1
            ? Encode(ordered.ToArray<byte>(), height, width, channels)
            : Grid(ordered.ToArray<byte>(), count, height, width, channels);
    }

    /// <summary>A file as it is: PNG or SVG.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static EncodedImage Of(byte[] file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (Png.Measure(file) is { } size)
            return new(size.Height, size.Width, size.Channels, file);
        if (Encoding.UTF8.GetString(file, 0, Math.Min(file.Length, 1000)).Contains("<svg", StringComparison.Ordinal))
            return new(0, 0, 4, file);
        throw new ArgumentException("The bytes are neither a PNG nor an SVG image.", nameof(file));
    }

    private static EncodedImage Encode(byte[] pixels, int height, int width, int channels) =>
        new(height, width, channels, Png.Encode(pixels, height, width, channels));

    private static EncodedImage Grid(byte[] pixels, int count, int height, int width, int channels)
    {
        var columns = Math.Min(count, ImagesARow);
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
