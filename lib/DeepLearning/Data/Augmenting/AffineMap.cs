using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepLearning.Data.Augmenting;

/// <summary>The place in an image that each pixel of a changed image comes from: (A x + B y + C, D x + E y + F), in pixels.</summary>
internal readonly record struct AffineMap(double A, double B, double C, double D, double E, double F)
{
    // places are computed in whole numbers: 16 bits after the point, of which interpolation uses 8
    private const int One = 1 << 16;

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

    /// <summary>Computes one channel of the changed image, with bilinear interpolation.</summary>
    /// <param name="source">The channel of the image.</param>
    /// <param name="target">The channel of the changed image, of the same size.</param>
    /// <param name="height">The number of rows.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="fill">The value of all that lies outside of the image.</param>
    public void Resample(ReadOnlySpan<byte> source, Span<byte> target, int height, int width, byte fill)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(source.Length, height * width);
        ref var pixels = ref MemoryMarshal.GetReference(source);
        var (stepX, stepY) = ((long)Math.Round(A * One), (long)Math.Round(D * One));
        for (var row = 0; row < height; row++)
        {
            var (x, y) = ((long)Math.Round(((B * row) + C) * One), (long)Math.Round(((E * row) + F) * One));
            var line = target.Slice(row * width, width);
            for (var column = 0; column < line.Length; column++, x += stepX, y += stepY)
            {
                var (left, top) = ((int)(x >> 16), (int)(y >> 16));
                var (right, bottom) = ((int)(x >> 8) & 255, (int)(y >> 8) & 255);
                int topLeft, topRight, bottomLeft, bottomRight;
                if ((uint)left < (uint)(width - 1) && (uint)top < (uint)(height - 1))
                {
                    // two neighbors in one read, without bounds checks: the innermost loop of a rotation
                    ref var place = ref Unsafe.Add(ref pixels, (top * width) + left);
                    var (above, below) = (Pair(ref place), Pair(ref Unsafe.Add(ref place, width)));
                    (topLeft, topRight, bottomLeft, bottomRight) = (above & 255, above >> 8, below & 255, below >> 8);
                }
                else
                {
                    (topLeft, topRight) = (At(source, top, left), At(source, top, left + 1));
                    (bottomLeft, bottomRight) = (At(source, top + 1, left), At(source, top + 1, left + 1));
                }
                var upper = (topLeft << 8) + ((topRight - topLeft) * right);
                var lower = (bottomLeft << 8) + ((bottomRight - bottomLeft) * right);
                line[column] = (byte)(((upper << 8) + ((lower - upper) * bottom) + (One / 2)) >> 16);
            }
        }

        byte At(ReadOnlySpan<byte> image, int row, int column) =>
            (uint)row < (uint)height && (uint)column < (uint)width ? image[(row * width) + column] : fill;

        // the left neighbor is in the lower byte, on the little-endian processors that libtorch runs on
        static int Pair(ref byte left) => Unsafe.ReadUnaligned<ushort>(ref left);
    }
}
