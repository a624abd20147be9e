using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Computes small blocks of products of Float32 matrices with AVX2.</summary>
internal static unsafe class MatrixTiles256
{
    /// <summary>The number of rows of a block of <see cref="Outer"/>.</summary>
    public const int OuterRows = 4;

    /// <summary>The number of columns of a block of <see cref="Outer"/>.</summary>
    public const int OuterColumns = 16;

    private const int Lanes = 8;

    /// <summary>Computes two by four dot products of rows: <c>result[i, j] = a[i] · b[j] + bias[j]</c>.</summary>
    /// <param name="a">Two rows, one after the other.</param>
    /// <param name="b">Four rows, one after the other.</param>
    /// <param name="length">The number of elements of a row, at least 8.</param>
    /// <param name="bias">Four numbers, or null for none.</param>
    /// <param name="result">The address of the first result.</param>
    /// <param name="resultStride">The distance between rows of the results.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot(float* a, float* b, int length, float* bias, float* result, nint resultStride)
    {
        float* a1 = a + length, b1 = b + length, b2 = b1 + length, b3 = b2 + length;
        Vector256<float> s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default, s13 = default;
        nint i = 0;
        for (; i + Lanes <= length; i += Lanes)
        {
            Vector256<float> x0 = Vector256.Load(a + i), x1 = Vector256.Load(a1 + i), y = Vector256.Load(b + i);
            s00 = Fma.MultiplyAdd(x0, y, s00);
            s10 = Fma.MultiplyAdd(x1, y, s10);
            y = Vector256.Load(b1 + i);
            s01 = Fma.MultiplyAdd(x0, y, s01);
            s11 = Fma.MultiplyAdd(x1, y, s11);
            y = Vector256.Load(b2 + i);
            s02 = Fma.MultiplyAdd(x0, y, s02);
            s12 = Fma.MultiplyAdd(x1, y, s12);
            y = Vector256.Load(b3 + i);
            s03 = Fma.MultiplyAdd(x0, y, s03);
            s13 = Fma.MultiplyAdd(x1, y, s13);
        }
        if (i < length)
        {
            // the last vectors end at the end of the rows; elements that were already added are set to zero in both
            var isNew = Vector256.GreaterThanOrEqual(Vector256<int>.Indices, Vector256.Create(Lanes - (length % Lanes))).AsSingle();
            i = length - Lanes;
            Vector256<float> x0 = Vector256.Load(a + i) & isNew, x1 = Vector256.Load(a1 + i) & isNew;
            Vector256<float> y0 = Vector256.Load(b + i) & isNew, y1 = Vector256.Load(b1 + i) & isNew;
            Vector256<float> y2 = Vector256.Load(b2 + i) & isNew, y3 = Vector256.Load(b3 + i) & isNew;
            s00 = Fma.MultiplyAdd(x0, y0, s00);
            s10 = Fma.MultiplyAdd(x1, y0, s10);
            s01 = Fma.MultiplyAdd(x0, y1, s01);
            s11 = Fma.MultiplyAdd(x1, y1, s11);
            s02 = Fma.MultiplyAdd(x0, y2, s02);
            s12 = Fma.MultiplyAdd(x1, y2, s12);
            s03 = Fma.MultiplyAdd(x0, y3, s03);
            s13 = Fma.MultiplyAdd(x1, y3, s13);
        }
        var added = bias is null ? default : Vector128.Load(bias);
        (Sums(s00, s01, s02, s03) + added).Store(result);
        (Sums(s10, s11, s12, s13) + added).Store(result + resultStride);
    }

    /// <summary>Computes four rows and 16 columns of a product, as <see cref="MatrixTiles.Outer"/>.</summary>
    /// <param name="a">The first element of the left matrix.</param>
    /// <param name="rowStride">The distance between rows of the left matrix.</param>
    /// <param name="stepStride">The distance between steps in the left matrix.</param>
    /// <param name="b">The first of 16 columns of the right matrix.</param>
    /// <param name="bStride">The distance between rows of the right matrix.</param>
    /// <param name="steps">The number of products that are summed for each element.</param>
    /// <param name="result">The address of the first result.</param>
    /// <param name="resultStride">The distance between rows of the results.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Outer(float* a, nint rowStride, nint stepStride, float* b, nint bStride, int steps, float* result, nint resultStride)
    {
        float* a1 = a + rowStride, a2 = a1 + rowStride, a3 = a2 + rowStride;
        Vector256<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        var end = steps * stepStride;
        for (nint i = 0; i != end; i += stepStride)
        {
            Vector256<float> y0 = Vector256.Load(b), y1 = Vector256.Load(b + Lanes);
            b += bStride;
            var x = Vector256.Create(a[i]);
            s00 = Fma.MultiplyAdd(x, y0, s00);
            s01 = Fma.MultiplyAdd(x, y1, s01);
            x = Vector256.Create(a1[i]);
            s10 = Fma.MultiplyAdd(x, y0, s10);
            s11 = Fma.MultiplyAdd(x, y1, s11);
            x = Vector256.Create(a2[i]);
            s20 = Fma.MultiplyAdd(x, y0, s20);
            s21 = Fma.MultiplyAdd(x, y1, s21);
            x = Vector256.Create(a3[i]);
            s30 = Fma.MultiplyAdd(x, y0, s30);
            s31 = Fma.MultiplyAdd(x, y1, s31);
        }
        Store(s00, s01, result);
        Store(s10, s11, result + resultStride);
        Store(s20, s21, result + (2 * resultStride));
        Store(s30, s31, result + (3 * resultStride));
    }

    /// <summary>Returns the sums of the elements of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(Vector256<float> first, Vector256<float> second, Vector256<float> third, Vector256<float> fourth)
    {
        var pairs = Avx.HorizontalAdd(Avx.HorizontalAdd(first, second), Avx.HorizontalAdd(third, fourth));
        return pairs.GetLower() + pairs.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> left, Vector256<float> right, float* result)
    {
        left.Store(result);
        right.Store(result + Lanes);
    }
}
