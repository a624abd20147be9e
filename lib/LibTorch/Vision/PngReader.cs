using System.Buffers.Binary;
using System.IO.Compression;
using TorchSharp.Files;

namespace TorchSharp.Vision;

/// <summary>
/// Reads PNG files of all kinds, as eight bits a channel: samples of sixteen bits are rounded to eight. Of the parts that say how an image is
/// to look, only the transparency of palettes counts.
/// </summary>
internal static class PngReader
{
    // the most pixels' bytes that are decoded
    private const long MostBytes = 1L << 30;

    // what a byte of deflate can become
    private const long MostExpansion = 1032;

    /// <summary>Rows of pixels, of one channel (grey), two (grey, alpha), three (RGB) or four (RGBA).</summary>
    /// <exception cref="InvalidDataException">The bytes are no PNG file, or a damaged one.</exception>
    public static (byte[] Pixels, int Height, int Width, int Channels) Decode(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Png.Signature))
            throw new InvalidDataException("The file is not a PNG image; other formats need an imager of their own.");
        file = file[Png.Signature.Length..];
        PngHeader? found = null;
        ReadOnlySpan<byte> palette = [], transparency = [];
        using var data = new MemoryStream();
        for (var ended = false; !ended;)
        {
            var (name, content) = NextChunk(ref file);
            if (found is null != (name == "IHDR"))
                throw new InvalidDataException("The PNG file's header is not at its start, or not alone: the file is damaged.");
            switch (name)
            {
                case "IHDR":
                    found = PngHeader.Read(content);
                    break;
                case "PLTE":
                    palette = content;
                    break;
                case "tRNS":
                    transparency = content;
                    break;
                case "IDAT":
                    data.Write(content);
                    break;
                case "IEND":
                    ended = true;
                    break;
                default:
                    // a capital first letter: the image cannot be read without
                    if (char.IsAsciiLetterUpper(name[0]))
                        throw new InvalidDataException($"The PNG file has a part of an unknown kind, {name}.");
                    break;
            }
        }
        var header = found!.Value;
        var samples = Samples(header, data);
        if (header.Colour != PngHeader.Palette)
            return (samples, header.Height, header.Width, header.Samples);
        if (palette.Length is 0 or > 768 || palette.Length % 3 != 0 || transparency.Length > palette.Length / 3)
            throw new InvalidDataException("The PNG file's palette is missing or damaged.");
        return (Coloured(samples, palette, transparency), header.Height, header.Width, transparency.IsEmpty ? 3 : 4);
    }

    private static (string Name, byte[] Content) NextChunk(ref ReadOnlySpan<byte> file)
    {
        const int Around = 12;
        var length = file.Length < Around ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(file);
        if (length > file.Length - Around)
            throw new InvalidDataException("The PNG file ends too early: it is truncated or damaged.");
        var content = file.Slice(8, (int)length);
        var name = System.Text.Encoding.ASCII.GetString(file.Slice(4, 4));
        if (Crc32.Of(file.Slice(4, 4 + (int)length)) != BinaryPrimitives.ReadUInt32BigEndian(file[(8 + (int)length)..]))
            throw new InvalidDataException($"A checksum in the PNG file does not fit, that of {name}: the file is damaged.");
        file = file[(Around + (int)length)..];
        return (name, content.ToArray());
    }

    private static byte[] Samples(PngHeader header, MemoryStream data)
    {
        var (filtered, decoded) = (header.FilteredBytes, (Int128)header.Width * header.Height * header.Samples);
        // before any memory is taken: no stream of this length can hold the image that the header promises
        if (filtered > (data.Length * MostExpansion) || data.Length == 0)
            throw new InvalidDataException("The PNG file has too little data for its size: it is truncated or damaged.");
        if (Int128.Max(filtered, decoded) > MostBytes)
            throw new InvalidDataException($"The PNG file has {header.Width} x {header.Height} pixels, more than are read ({MostBytes} bytes).");
        data.Position = 0;
        using var inflated = new ZLibStream(data, CompressionMode.Decompress);
        var samples = new byte[(int)decoded];
        try
        {
            foreach (var (x, y, stepX, stepY, columns, rows) in header.Passes)
            {
                var (row, above) = (new byte[header.RowBytes(columns)], new byte[header.RowBytes(columns)]);
                for (var line = 0; line < rows; line++)
                {
                    var filter = inflated.ReadByte();
                    inflated.ReadExactly(row);
                    Unfilter(filter, row, above, header.BytesPerPixel);
                    var target = ((long)(y + (line * stepY)) * header.Width) + x;
                    Spread(header, row, columns, samples.AsSpan((int)(target * header.Samples)), stepX * header.Samples);
                    (row, above) = (above, row);
                }
            }
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("The PNG file's data end too early: it is damaged.", error);
        }
        return samples;
    }

    private static void Unfilter(int filter, Span<byte> row, ReadOnlySpan<byte> above, int pixel)
    {
        if (filter is < 0 or > 4)
            throw new InvalidDataException($"The PNG file has a row with an unknown filter ({filter}): it is damaged.");
        if (filter == 0)
            return;
        for (var i = 0; i < row.Length; i++)
        {
            int left = i < pixel ? 0 : row[i - pixel], up = above[i], corner = i < pixel ? 0 : above[i - pixel];
            row[i] += (byte)(filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                _ => Paeth(left, up, corner),
            });
        }
    }

    /// <summary>Which of the three lies nearest to left + up - corner. Source: Paeth, Graphics Gems II, 1991.</summary>
    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    /// <summary>Writes a row's samples as bytes, the pixels <paramref name="step"/> bytes apart.</summary>
    private static void Spread(PngHeader header, ReadOnlySpan<byte> row, int columns, Span<byte> target, int step)
    {
        var (depth, samples) = (header.Depth, header.Samples);
        if (depth == 8 && step == samples)
        {
            row.CopyTo(target);
            return;
        }
        var most = (1 << Math.Min(depth, 8)) - 1;
        // places in a palette stay as they are, shades of grey fill the byte
        var scale = header.Colour == PngHeader.Palette ? 1 : byte.MaxValue / most;
        for (var i = 0; i < columns * samples; i++)
        {
            var (pixel, sample) = Math.DivRem(i, samples);
            target[(pixel * step) + sample] = depth == 16
                ? (byte)(((BinaryPrimitives.ReadUInt16BigEndian(row[(2 * i)..]) * 255) + 32767) / 65535)
                : (byte)(((row[i * depth / 8] >> (8 - depth - (i * depth % 8))) & most) * scale);
        }
    }

    private static byte[] Coloured(ReadOnlySpan<byte> places, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> transparency)
    {
        var channels = transparency.IsEmpty ? 3 : 4;
        if ((long)places.Length * channels > MostBytes)
            throw new InvalidDataException($"The PNG file has {places.Length} pixels, more than are read ({MostBytes} bytes).");
        var pixels = new byte[places.Length * channels];
        for (var i = 0; i < places.Length; i++)
        {
            int place = places[i];
            if (place * 3 >= palette.Length)
                throw new InvalidDataException($"The PNG file has a pixel of colour {place}, and its palette only {palette.Length / 3}: it is damaged.");
            palette.Slice(place * 3, 3).CopyTo(pixels.AsSpan(i * channels));
            if (channels == 4)
                pixels[(i * 4) + 3] = place < transparency.Length ? transparency[place] : byte.MaxValue;
        }
        return pixels;
    }
}
