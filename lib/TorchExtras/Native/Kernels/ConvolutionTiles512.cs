using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Computes blocks of convolutions of Float32 images with AVX-512, as <see cref="ConvolutionTiles"/>.</summary>
internal static unsafe class ConvolutionTiles512
{
    private const int Rows = ConvolutionTiles.Rows;

    private const int Lanes = ConvolutionTiles.Lanes;

    /// <inheritdoc cref="ConvolutionTiles.Forward{TWidth}"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<TWidth>(float* weights, float* pixels, int* offsets, int length, float* bias, float* result, nint resultStride)
        where TWidth : struct, ITileWidth
    {
        Vector512<float> s00 = Vector512.Create(bias[0]), s01 = s00, s02 = s00, s10 = Vector512.Create(bias[1]), s11 = s10, s12 = s10;
        Vector512<float> s20 = Vector512.Create(bias[2]), s21 = s20, s22 = s20, s30 = Vector512.Create(bias[3]), s31 = s30, s32 = s30;
        Vector512<float> s40 = Vector512.Create(bias[4]), s41 = s40, s42 = s40, s50 = Vector512.Create(bias[5]), s51 = s50, s52 = s50;
        Vector512<float> s60 = Vector512.Create(bias[6]), s61 = s60, s62 = s60, s70 = Vector512.Create(bias[7]), s71 = s70, s72 = s70;
        var end = offsets + length;
        for (; offsets != end; offsets++)
        {
            var x = pixels + *offsets;
            Vector512<float> x0 = Vector512.Load(x), x1 = Vector512.Load(x + Lanes), x2 = TWidth.IsThree ? Vector512.Load(x + (2 * Lanes)) : default;
            Add<TWidth>(weights[0], x0, x1, x2, ref s00, ref s01, ref s02);
            Add<TWidth>(weights[1], x0, x1, x2, ref s10, ref s11, ref s12);
            Add<TWidth>(weights[2], x0, x1, x2, ref s20, ref s21, ref s22);
            Add<TWidth>(weights[3], x0, x1, x2, ref s30, ref s31, ref s32);
            Add<TWidth>(weights[4], x0, x1, x2, ref s40, ref s41, ref s42);
            Add<TWidth>(weights[5], x0, x1, x2, ref s50, ref s51, ref s52);
            Add<TWidth>(weights[6], x0, x1, x2, ref s60, ref s61, ref s62);
            Add<TWidth>(weights[7], x0, x1, x2, ref s70, ref s71, ref s72);
            weights += Rows;
        }
        Store<TWidth>(s00, s01, s02, result);
        Store<TWidth>(s10, s11, s12, result + resultStride);
        Store<TWidth>(s20, s21, s22, result + (2 * resultStride));
        Store<TWidth>(s30, s31, s32, result + (3 * resultStride));
        Store<TWidth>(s40, s41, s42, result + (4 * resultStride));
        Store<TWidth>(s50, s51, s52, result + (5 * resultStride));
        Store<TWidth>(s60, s61, s62, result + (6 * resultStride));
        Store<TWidth>(s70, s71, s72, result + (7 * resultStride));
    }

    /// <inheritdoc cref="ConvolutionTiles.ForWeight"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ForWeight(
        float* gradient, nint gradientStride, nint gradientImage, float* pixels, nint pixelImage, int* offsets, int vectors, int images, float* sums)
    {
        Vector512<float> s00 = default, s01 = default, s02 = default, s10 = default, s11 = default, s12 = default;
        Vector512<float> s20 = default, s21 = default, s22 = default, s30 = default, s31 = default, s32 = default;
        Vector512<float> s40 = default, s41 = default, s42 = default, s50 = default, s51 = default, s52 = default;
        Vector512<float> s60 = default, s61 = default, s62 = default, s70 = default, s71 = default, s72 = default;
        nint at1 = offsets[1] - offsets[0], at2 = offsets[2] - offsets[0], stride3 = 3 * gradientStride, stride5 = 5 * gradientStride, stride7 = 7 * gradientStride;
        pixels += offsets[0];
        for (; images > 0; images--)
        {
            var x = pixels;
            var g = gradient;
            for (var end = x + ((nint)vectors * Lanes); x != end; x += Lanes)
            {
                Vector512<float> x0 = Vector512.Load(x), x1 = Vector512.Load(x + at1), x2 = Vector512.Load(x + at2);
                Add(Vector512.Load(g), x0, x1, x2, ref s00, ref s01, ref s02);
                Add(Vector512.Load(g + gradientStride), x0, x1, x2, ref s10, ref s11, ref s12);
                Add(Vector512.Load(g + (2 * gradientStride)), x0, x1, x2, ref s20, ref s21, ref s22);
                Add(Vector512.Load(g + stride3), x0, x1, x2, ref s30, ref s31, ref s32);
                Add(Vector512.Load(g + (4 * gradientStride)), x0, x1, x2, ref s40, ref s41, ref s42);
                Add(Vector512.Load(g + stride5), x0, x1, x2, ref s50, ref s51, ref s52);
                Add(Vector512.Load(g + (2 * stride3)), x0, x1, x2, ref s60, ref s61, ref s62);
                Add(Vector512.Load(g + stride7), x0, x1, x2, ref s70, ref s71, ref s72);
                g += Lanes;
            }
            gradient += gradientImage;
            pixels += pixelImage;
        }
        AddTo(sums, MatrixTiles512.Sums(s00, s10, s20, s30));
        AddTo(sums + 4, MatrixTiles512.Sums(s40, s50, s60, s70));
        AddTo(sums + Rows, MatrixTiles512.Sums(s01, s11, s21, s31));
        AddTo(sums + Rows + 4, MatrixTiles512.Sums(s41, s51, s61, s71));
        AddTo(sums + (2 * Rows), MatrixTiles512.Sums(s02, s12, s22, s32));
        AddTo(sums + (2 * Rows) + 4, MatrixTiles512.Sums(s42, s52, s62, s72));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TWidth>(
        float weight, Vector512<float> x0, Vector512<float> x1, Vector512<float> x2, ref Vector512<float> s0, ref Vector512<float> s1, ref Vector512<float> s2)
        where TWidth : struct, ITileWidth
    {
        var w = Vector512.Create(weight);
        s0 = Avx512F.FusedMultiplyAdd(w, x0, s0);
        s1 = Avx512F.FusedMultiplyAdd(w, x1, s1);
        if (TWidth.IsThree)
            s2 = Avx512F.FusedMultiplyAdd(w, x2, s2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        Vector512<float> g, Vector512<float> x0, Vector512<float> x1, Vector512<float> x2, ref Vector512<float> s0, ref Vector512<float> s1,
        ref Vector512<float> s2)
    {
        s0 = Avx512F.FusedMultiplyAdd(g, x0, s0);
        s1 = Avx512F.FusedMultiplyAdd(g, x1, s1);
        s2 = Avx512F.FusedMultiplyAdd(g, x2, s2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TWidth>(Vector512<float> first, Vector512<float> second, Vector512<float> third, float* result)
        where TWidth : struct, ITileWidth
    {
        first.Store(result);
        second.Store(result + Lanes);
        if (TWidth.IsThree)
            third.Store(result + (2 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(float* sums, Vector128<float> added) => (Vector128.Load(sums) + added).Store(sums);
}
