using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Computes small blocks of products of Float32 matrices with AVX-512.</summary>
internal static unsafe class MatrixTiles512
{
    private const int Lanes = 16;

    /// <inheritdoc cref="MatrixTiles.Dot"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot(float* a, float* b, int length, float* bias, float* result, nint resultStride)
    {
        float* a1 = a + length, a2 = a1 + length, a3 = a2 + length;
        float* b1 = b + length, b2 = b1 + length, b3 = b2 + length;
        Vector512<float> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector512<float> s10 = default, s11 = default, s12 = default, s13 = default;
        Vector512<float> s20 = default, s21 = default, s22 = default, s23 = default;
        Vector512<float> s30 = default, s31 = default, s32 = default, s33 = default;
        nint i = 0;
        // the last vectors end at the end of the rows; elements that were already added are set to zero in both
        for (var isLast = false; ;)
        {
            Vector512<float> y0 = Vector512.Load(b + i), y1 = Vector512.Load(b1 + i), y2 = Vector512.Load(b2 + i), y3 = Vector512.Load(b3 + i);
            Vector512<float> x0 = Vector512.Load(a + i), x1 = Vector512.Load(a1 + i), x2 = Vector512.Load(a2 + i), x3 = Vector512.Load(a3 + i);
            if (isLast)
            {
                var isNew = Vector512.GreaterThanOrEqual(Vector512<int>.Indices, Vector512.Create(Lanes - (length % Lanes))).AsSingle();
                (y0, y1, y2, y3) = (y0 & isNew, y1 & isNew, y2 & isNew, y3 & isNew);
                (x0, x1, x2, x3) = (x0 & isNew, x1 & isNew, x2 & isNew, x3 & isNew);
            }
            s00 = Avx512F.FusedMultiplyAdd(x0, y0, s00);
            s01 = Avx512F.FusedMultiplyAdd(x0, y1, s01);
            s02 = Avx512F.FusedMultiplyAdd(x0, y2, s02);
            s03 = Avx512F.FusedMultiplyAdd(x0, y3, s03);
            s10 = Avx512F.FusedMultiplyAdd(x1, y0, s10);
            s11 = Avx512F.FusedMultiplyAdd(x1, y1, s11);
            s12 = Avx512F.FusedMultiplyAdd(x1, y2, s12);
            s13 = Avx512F.FusedMultiplyAdd(x1, y3, s13);
            s20 = Avx512F.FusedMultiplyAdd(x2, y0, s20);
            s21 = Avx512F.FusedMultiplyAdd(x2, y1, s21);
            s22 = Avx512F.FusedMultiplyAdd(x2, y2, s22);
            s23 = Avx512F.FusedMultiplyAdd(x2, y3, s23);
            s30 = Avx512F.FusedMultiplyAdd(x3, y0, s30);
            s31 = Avx512F.FusedMultiplyAdd(x3, y1, s31);
            s32 = Avx512F.FusedMultiplyAdd(x3, y2, s32);
            s33 = Avx512F.FusedMultiplyAdd(x3, y3, s33);
            i += Lanes;
            if (i + Lanes <= length)
                continue;
            if (i >= length)
                break;
            (isLast, i) = (true, length - Lanes);
        }
        var added = bias is null ? default : Vector128.Load(bias);
        (Sums(s00, s01, s02, s03) + added).Store(result);
        (Sums(s10, s11, s12, s13) + added).Store(result + resultStride);
        (Sums(s20, s21, s22, s23) + added).Store(result + (2 * resultStride));
        (Sums(s30, s31, s32, s33) + added).Store(result + (3 * resultStride));
    }

    /// <inheritdoc cref="MatrixTiles.Outer"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Outer(float* a, nint rowStride, nint stepStride, float* b, nint bStride, int steps, float* result, nint resultStride)
    {
        float* a1 = a + rowStride, a2 = a1 + rowStride, a3 = a2 + rowStride, a4 = a3 + rowStride, a5 = a4 + rowStride, a6 = a5 + rowStride, a7 = a6 + rowStride;
        Vector512<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        Vector512<float> s40 = default, s41 = default, s50 = default, s51 = default, s60 = default, s61 = default, s70 = default, s71 = default;
        var end = steps * stepStride;
        for (nint i = 0; i != end; i += stepStride)
        {
            Vector512<float> y0 = Vector512.Load(b), y1 = Vector512.Load(b + Lanes);
            b += bStride;
            var x = Vector512.Create(a[i]);
            s00 = Avx512F.FusedMultiplyAdd(x, y0, s00);
            s01 = Avx512F.FusedMultiplyAdd(x, y1, s01);
            x = Vector512.Create(a1[i]);
            s10 = Avx512F.FusedMultiplyAdd(x, y0, s10);
            s11 = Avx512F.FusedMultiplyAdd(x, y1, s11);
            x = Vector512.Create(a2[i]);
            s20 = Avx512F.FusedMultiplyAdd(x, y0, s20);
            s21 = Avx512F.FusedMultiplyAdd(x, y1, s21);
            x = Vector512.Create(a3[i]);
            s30 = Avx512F.FusedMultiplyAdd(x, y0, s30);
            s31 = Avx512F.FusedMultiplyAdd(x, y1, s31);
            x = Vector512.Create(a4[i]);
            s40 = Avx512F.FusedMultiplyAdd(x, y0, s40);
            s41 = Avx512F.FusedMultiplyAdd(x, y1, s41);
            x = Vector512.Create(a5[i]);
            s50 = Avx512F.FusedMultiplyAdd(x, y0, s50);
            s51 = Avx512F.FusedMultiplyAdd(x, y1, s51);
            x = Vector512.Create(a6[i]);
            s60 = Avx512F.FusedMultiplyAdd(x, y0, s60);
            s61 = Avx512F.FusedMultiplyAdd(x, y1, s61);
            x = Vector512.Create(a7[i]);
            s70 = Avx512F.FusedMultiplyAdd(x, y0, s70);
            s71 = Avx512F.FusedMultiplyAdd(x, y1, s71);
        }
        Store(s00, s01, result);
        Store(s10, s11, result + resultStride);
        Store(s20, s21, result + (2 * resultStride));
        Store(s30, s31, result + (3 * resultStride));
        Store(s40, s41, result + (4 * resultStride));
        Store(s50, s51, result + (5 * resultStride));
        Store(s60, s61, result + (6 * resultStride));
        Store(s70, s71, result + (7 * resultStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> left, Vector512<float> right, float* result)
    {
        left.Store(result);
        right.Store(result + Lanes);
    }

    /// <summary>Returns the sums of the elements of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth)
    {
        var pairs = Avx.HorizontalAdd(
            Avx.HorizontalAdd(first.GetLower() + first.GetUpper(), second.GetLower() + second.GetUpper()),
            Avx.HorizontalAdd(third.GetLower() + third.GetUpper(), fourth.GetLower() + fourth.GetUpper()));
        return pairs.GetLower() + pairs.GetUpper();
    }
}
