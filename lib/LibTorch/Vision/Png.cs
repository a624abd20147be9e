using System.Buffers.Binary;
using System.IO.Compression;
using TorchSharp.Files;

namespace TorchSharp.Vision;

/// <summary>Writes PNG files of eight bits a channel.</summary>
internal static class Png
{
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Encodes rows of pixels, of one channel (grey), two (grey, alpha), three (RGB) or four (RGBA).</summary>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int height, int width, int channels)
    {
        ReadOnlySpan<byte> colourTypes = [0, 4, 2, 6];
        using var png = new MemoryStream();
        png.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = colourTypes[channels - 1];
        header[10..].Clear();
        Chunk(png, "IHDR"u8, header);
        using var data = new MemoryStream();
        using (var compressed = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = width * channels;
            for (var y = 0; y < height; y++)
            {
                // each row starts with its filter: none
                compressed.WriteByte(0);
                compressed.Write(pixels.Slice(y * row, row));
            }
        }
        Chunk(png, "IDAT"u8, data.GetBuffer().AsSpan(0, (int)data.Length));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>Height, width and channels of a file; null where it is no PNG.</summary>
    public static (int Height, int Width, int Channels)? Measure(ReadOnlySpan<byte> file)
    {
        if (file.Length < 33 || !file.StartsWith(Signature))
            return null;
        var channels = file[25] switch { 0 => 1, 4 => 2, 6 => 4, _ => 3 };
        return (BinaryPrimitives.ReadInt32BigEndian(file[20..]), BinaryPrimitives.ReadInt32BigEndian(file[16..]), channels);
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(type);
        png.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Continue(Crc32.Of(type), content));
        png.Write(number);
    }
}
