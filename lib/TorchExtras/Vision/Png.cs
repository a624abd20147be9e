using System.Buffers.Binary;
using System.IO.Compression;
using TorchSharp.Files;

namespace TorchSharp.Vision;

/// <summary>
/// Encodes PNG files with eight bits per channel. It needs no native library, so charts and TensorBoard images work in every host.
/// Source: <see href="https://www.w3.org/TR/png-3/">PNG specification, third edition</see>.
/// </summary>
public static class Png
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Encodes an image as a PNG file.</summary>
    /// <param name="pixels">The bytes [height, width, channels], row by row.</param>
    /// <param name="height">The number of rows, at least 1.</param>
    /// <param name="width">The number of pixels in a row, at least 1.</param>
    /// <param name="channels">The number of channels: 1 (grayscale), 2 (grayscale, alpha), 3 (RGB) or 4 (RGBA).</param>
    /// <returns>The bytes of the file.</returns>
    /// <exception cref="ArgumentException">The number of bytes is not height x width x channels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1, or there are more than four channels.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int height, int width, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 4);
        if (pixels.Length != (long)height * width * channels)
            throw new ArgumentException($"An image of {height} x {width} pixels with {channels} channels cannot have {pixels.Length} bytes.", nameof(pixels));

        using var png = new MemoryStream();
        png.Write(Signature);
        WriteChunk(png, "IHDR"u8, Header(height, width, channels));
        WriteChunk(png, "IDAT"u8, Compressed(pixels, width * channels));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Header(int height, int width, int channels)
    {
        ReadOnlySpan<byte> colorTypes = [0, 4, 2, 6];
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits per channel
        header[9] = colorTypes[channels - 1];
        return header;
    }

    private static byte[] Compressed(ReadOnlySpan<byte> pixels, int rowLength)
    {
        using var data = new MemoryStream();
        using (var compressor = new ZLibStream(data, CompressionLevel.Optimal))
        {
            for (; !pixels.IsEmpty; pixels = pixels[rowLength..])
            {
                compressor.WriteByte(0); // the filter of the row: none
                compressor.Write(pixels[..rowLength]);
            }
        }
        return data.ToArray();
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] chunk = [.. type, .. content];
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(chunk);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(chunk));
        png.Write(number);
    }
}
