using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Data.Augmenting;

/// <summary>Maps each pixel of a transformed image to its position in the original image: (A x + B y + C, D x + E y + F), in pixels.</summary>
internal readonly record struct AffineMap(double A, double B, double C, double D, double E, double F)
{
    // positions are fixed-point numbers with 16 fractional bits, of which interpolation uses 8
    private const int One = 1 << 16;

    // the pixels around an image that interpolation reads: one before the first, two after the last
    private const int Before = 1, Border = 3;

    /// <summary>
    /// Returns the inverse of a rotation, a translation, a scale and a shear about the center, like torchvision's <c>_get_inverse_affine_matrix</c>
    /// does.
    /// </summary>
    /// <param name="angle">The angle of the rotation, in degrees; a positive one turns the image clockwise.</param>
    /// <param name="translate">The translation, in pixels.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="shear">The angle of the shear along x, in degrees.</param>
    /// <param name="height">The number of rows.</param>
    /// <param name="width">The number of columns.</param>
    public static AffineMap Inverse(double angle, (double X, double Y) translate, double scale, double shear, int height, int width)
    {
        var (rotation, slant) = (double.DegreesToRadians(angle), Math.Tan(double.DegreesToRadians(shear)));
        var (cos, sin) = (Math.Cos(rotation), Math.Sin(rotation));
        // the rotation times the shear is [cos, -cos * slant - sin; sin, -sin * slant + cos], whose determinant is 1
        var (a, b) = ((cos - (sin * slant)) / scale, ((cos * slant) + sin) / scale);
        var (d, e) = (-sin / scale, cos / scale);
        var (centerX, centerY) = ((width - 1) / 2.0, (height - 1) / 2.0);
        var (x, y) = (centerX + translate.X, centerY + translate.Y);
        return new AffineMap(a, b, centerX - (a * x) - (b * y), d, e, centerY - (d * x) - (e * y));
    }

    /// <summary>Returns a buffer for resampling, with a filled border; all images of the same size can share it.</summary>
    public static byte[] Canvas(int height, int width, byte fill)
    {
        var canvas = new byte[checked((height + Border) * (width + Border))];
        canvas.AsSpan().Fill(fill);
        return canvas;
    }

    /// <summary>Computes one channel of the transformed image with bilinear interpolation.</summary>
    /// <param name="source">The channel of the original image.</param>
    /// <param name="target">The channel of the transformed image, of the same size.</param>
    /// <param name="height">The number of rows.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="canvas">A buffer from <see cref="Canvas"/>; its border has the value of pixels outside of the image.</param>
    public void Resample(ReadOnlySpan<byte> source, Span<byte> target, int height, int width, byte[] canvas) =>
        Resample(source, target, height, width, canvas, isVector: Vector256.IsHardwareAccelerated && FitsInt(height, width));

    /// <summary>Computes one channel of the transformed image, eight pixels at once or one by one.</summary>
    internal void Resample(ReadOnlySpan<byte> source, Span<byte> target, int height, int width, byte[] canvas, bool isVector)
    {
        var stride = width + Border;
        ArgumentOutOfRangeException.ThrowIfNotEqual(canvas.Length, (height + Border) * stride, nameof(canvas));
        for (var row = 0; row < height; row++)
            source.Slice(row * width, width).CopyTo(canvas.AsSpan(((row + Before) * stride) + Before, width));
        for (var row = 0; row < height; row++)
        {
            // positions in the canvas, whose first pixel is (0, 0)
            var x = (long)Math.Round(((B * row) + C) * One) + (Before * One);
            var y = (long)Math.Round(((E * row) + F) * One) + (Before * One);
            var line = target.Slice(row * width, width);
            var done = isVector ? Eights(canvas, height, width, (int)x, (int)y, line) : 0;
            Ones(canvas, height, width, x + (done * StepX), y + (done * StepY), line[done..]);
        }
    }

    private long StepX => (long)Math.Round(A * One);

    private long StepY => (long)Math.Round(D * One);

    /// <summary>Returns whether all positions fit in 32 bits, with a margin for the border and the last eight pixels of a row.</summary>
    private bool FitsInt(int height, int width)
    {
        var reachX = (Math.Abs(A) * (width + 8)) + (Math.Abs(B) * height) + Math.Abs(C);
        var reachY = (Math.Abs(D) * (width + 8)) + (Math.Abs(E) * height) + Math.Abs(F);
        return Math.Max(reachX, reachY) + Border < short.MaxValue && Math.Max(height, width) + Border < short.MaxValue;
    }

    private void Ones(byte[] canvas, int height, int width, long x, long y, Span<byte> line)
    {
        ref var pixels = ref MemoryMarshal.GetArrayDataReference(canvas);
        var stride = width + Border;
        var (stepX, stepY) = (StepX, StepY);
        var (lastX, lastY) = ((long)(width + Before) * One, (long)(height + Before) * One);
        for (var column = 0; column < line.Length; column++, x += stepX, y += stepY)
        {
            // a position beyond the border is moved to a pixel of the border
            var (placeX, placeY) = (Math.Clamp(x, 0, lastX), Math.Clamp(y, 0, lastY));
            var corners = Corners(ref pixels, (nint)(((placeY >> 16) * stride) + (placeX >> 16)), stride);
            var (right, bottom) = ((uint)(placeX >> 8) & 255, (uint)(placeY >> 8) & 255);
            // both columns at once: the left one in the lower 16 bits, the right one in the upper
            var columns = (Spread(corners & 0xFFFF) * (256 - bottom)) + (Spread(corners >> 16) * bottom);
            line[column] = (byte)((((columns & 0xFFFF) * (256 - right)) + ((columns >> 16) * right) + (One / 2)) >> 16);
        }

        static uint Spread(uint pair) => (pair | (pair << 8)) & 0x00FF00FF;
    }

    /// <summary>Computes the pixels of a row in groups of eight, with the same results.</summary>
    /// <returns>The number of computed pixels; fewer than eight pixels remain.</returns>
    private int Eights(byte[] canvas, int height, int width, int x, int y, Span<byte> line)
    {
        ref var pixels = ref MemoryMarshal.GetArrayDataReference(canvas);
        var stride = width + Border;
        var (stepX, stepY) = ((int)StepX, (int)StepY);
        var (lastX, lastY) = (Vector256.Create((width + Before) * One), Vector256.Create((height + Before) * One));
        var (xs, ys) = (Vector256.CreateSequence(x, stepX), Vector256.CreateSequence(y, stepY));
        var (nextX, nextY) = (Vector256.Create(8 * stepX), Vector256.Create(8 * stepY));
        Span<int> places = stackalloc int[Vector256<int>.Count];
        var column = 0;
        for (; column + places.Length <= line.Length; column += places.Length, xs += nextX, ys += nextY)
        {
            var placeX = Vector256.Min(Vector256.Max(xs, Vector256<int>.Zero), lastX).AsUInt32();
            var placeY = Vector256.Min(Vector256.Max(ys, Vector256<int>.Zero), lastY).AsUInt32();
            (((placeY >> 16) * (uint)stride) + (placeX >> 16)).AsInt32().CopyTo(places);
            var corners = Vector256.Create(
                Corners(ref pixels, places[0], stride), Corners(ref pixels, places[1], stride), Corners(ref pixels, places[2], stride),
                Corners(ref pixels, places[3], stride), Corners(ref pixels, places[4], stride), Corners(ref pixels, places[5], stride),
                Corners(ref pixels, places[6], stride), Corners(ref pixels, places[7], stride));
            var (right, bottom) = ((placeX >> 8) & Vector256.Create(255u), (placeY >> 8) & Vector256.Create(255u));
            var columns = (Spread(corners & Vector256.Create(0xFFFFu)) * (Vector256.Create(256u) - bottom)) + (Spread(corners >> 16) * bottom);
            var values = (((columns & Vector256.Create(0xFFFFu)) * (Vector256.Create(256u) - right)) + ((columns >> 16) * right) + Vector256.Create((uint)One / 2)) >> 16;
            var shorts = Vector128.Narrow(values.GetLower(), values.GetUpper());
            Unsafe.WriteUnaligned(ref line[column], Vector128.Narrow(shorts, shorts).AsUInt64()[0]);
        }
        return column;

        static Vector256<uint> Spread(Vector256<uint> pair) => (pair | (pair << 8)) & Vector256.Create(0x00FF00FFu);
    }

    /// <summary>
    /// Returns the four pixels around a position, without bounds checks: top left in the lowest byte, then top right, bottom left and bottom right.
    /// </summary>
    /// <remarks>The left neighbor is in the lower byte on little-endian processors, the only ones that libtorch supports.</remarks>
    private static uint Corners(ref byte pixels, nint place, int stride)
    {
        ref var above = ref Unsafe.Add(ref pixels, place);
        return Unsafe.ReadUnaligned<ushort>(ref above) | ((uint)Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref above, stride)) << 16);
    }
}
