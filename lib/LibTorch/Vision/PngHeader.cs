using System.Buffers.Binary;

namespace TorchSharp.Vision;

/// <summary>What a PNG file says of itself at its start.</summary>
/// <param name="Width">Pixels a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Depth">Bits a sample: 1, 2, 4, 8 or 16.</param>
/// <param name="Colour">The number of the kind of pixels: 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGBA.</param>
/// <param name="IsInterlaced">Whether the rows come in Adam7's seven passes.</param>
internal readonly record struct PngHeader(int Width, int Height, int Depth, int Colour, bool IsInterlaced)
{
    public const int Palette = 3;

    // where each of Adam7's passes starts, and its steps
    private static readonly (int X, int Y, int StepX, int StepY)[] _passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Samples a pixel, as the file has them.</summary>
    public int Samples => Colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    public int BytesPerPixel => Math.Max(1, Samples * Depth / 8);

    /// <summary>The parts that the pixels come in: where each starts, its steps and its size.</summary>
    public IEnumerable<(int X, int Y, int StepX, int StepY, int Columns, int Rows)> Passes
    {
        get
        {
            foreach (var (x, y, stepX, stepY) in IsInterlaced ? _passes : [(0, 0, 1, 1)])
            {
                var (columns, rows) = ((int)(((long)Width - x + stepX - 1) / stepX), (int)(((long)Height - y + stepY - 1) / stepY));
                if (columns > 0 && rows > 0)
                    yield return (x, y, stepX, stepY, columns, rows);
            }
        }
    }

    /// <summary>Bytes of all rows, each with the byte that names its filter.</summary>
    public Int128 FilteredBytes
    {
        get
        {
            Int128 total = 0;
            foreach (var pass in Passes)
                total += (Int128)(RowBytes(pass.Columns) + 1) * pass.Rows;
            return total;
        }
    }

    public static PngHeader Read(ReadOnlySpan<byte> content)
    {
        if (content.Length != 13)
            throw new InvalidDataException("The PNG file's header has a wrong length: the file is damaged.");
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(content), BinaryPrimitives.ReadUInt32BigEndian(content[4..]));
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw new InvalidDataException($"A PNG file cannot have {width} x {height} pixels: it is damaged.");
        var (depth, colour) = (content[8], content[9]);
        var fits = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            Palette => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!fits || content[10] != 0 || content[11] != 0 || content[12] > 1)
            throw new InvalidDataException($"The PNG file has pixels of an unknown kind (depth {depth}, colour type {colour}): it is damaged.");
        return new((int)width, (int)height, depth, colour, content[12] == 1);
    }

    public long RowBytes(int columns) => (((long)columns * Samples * Depth) + 7) / 8;
}
