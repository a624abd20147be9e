using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepLearning.Data.Augmenting;

/// <summary>The place in an image that each pixel of a changed image comes from: (A x + B y + C, D x + E y + F), in pixels.</summary>
internal readonly record struct AffineMap(double A, double B, double C, double D, double E, double F)
{
    // places are computed in whole numbers: 16 bits after the point, of which interpolation uses 8
    private const int One = 1 << 16;

    // the pixels around an image that interpolation reads: one before the first, two after the last
    private const int Before = 1, Border = 3;

    /// <summary>
    /// Returns the inverse of a rotation, a movement, a scaling and a shear about the center, as torchvision's <c>_get_inverse_affine_matrix</c> does.
    /// </summary>
    /// <param name="angle">The angle of the rotation, in degrees; a positive one turns the image clockwise.</param>
    /// <param name="translate">The movement, in pixels.</param>
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

    /// <summary>Returns memory for <see cref="Resample"/>, which serves all images of a size: the border around them is filled here.</summary>
    public static byte[] Canvas(int height, int width, byte fill)
    {
        var canvas = new byte[checked((height + Border) * (width + Border))];
        canvas.AsSpan().Fill(fill);
        return canvas;
    }

    /// <summary>Computes one channel of the changed image, with bilinear interpolation.</summary>
    /// <param name="source">The channel of the image.</param>
    /// <param name="target">The channel of the changed image, of the same size.</param>
    /// <param name="height">The number of rows.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="canvas">Memory from <see cref="Canvas"/>, whose border is the value of all that lies outside of the image.</param>
    public void Resample(ReadOnlySpan<byte> source, Span<byte> target, int height, int width, byte[] canvas)
    {
        var stride = width + Border;
        ArgumentOutOfRangeException.ThrowIfNotEqual(canvas.Length, (height + Border) * stride, nameof(canvas));
        for (var row = 0; row < height; row++)
            source.Slice(row * width, width).CopyTo(canvas.AsSpan(((row + Before) * stride) + Before, width));
        ref var pixels = ref MemoryMarshal.GetArrayDataReference(canvas);
        var (stepX, stepY) = ((long)Math.Round(A * One), (long)Math.Round(D * One));
        var (lastX, lastY) = ((long)(width + Before) * One, (long)(height + Before) * One);
        for (var row = 0; row < height; row++)
        {
            // places in the canvas, whose first pixel is (0, 0)
            var x = (long)Math.Round(((B * row) + C) * One) + (Before * One);
            var y = (long)Math.Round(((E * row) + F) * One) + (Before * One);
            var line = target.Slice(row * width, width);
            for (var column = 0; column < line.Length; column++, x += stepX, y += stepY)
            {
                // a place beyond the border has the value of the border, and lies on a pixel
                var (placeX, placeY) = (Math.Clamp(x, 0, lastX), Math.Clamp(y, 0, lastY));
                ref var place = ref Unsafe.Add(ref pixels, (nint)(((placeY >> 16) * stride) + (placeX >> 16)));
                var (right, bottom) = ((uint)(placeX >> 8) & 255, (uint)(placeY >> 8) & 255);
                // both columns at once: the left one in the lower 16 bits, the right one in the upper
                var columns = (Pair(ref place) * (256 - bottom)) + (Pair(ref Unsafe.Add(ref place, stride)) * bottom);
                line[column] = (byte)((((columns & 0xFFFF) * (256 - right)) + ((columns >> 16) * right) + (One / 2)) >> 16);
            }
        }

        // the left neighbor is in the lower byte, on the little-endian processors that libtorch runs on
        static uint Pair(ref byte left)
        {
            uint both = Unsafe.ReadUnaligned<ushort>(ref left);
            return (both | (both << 8)) & 0x00FF00FF;
        }
    }
}
