using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Computes blocks of convolutions of Float32 images with AVX2, as <see cref="ConvolutionTiles"/>.</summary>
internal static unsafe class ConvolutionTiles256
{
    /// <summary>The number of output channels of a block.</summary>
    public const int Rows = 4;

    /// <summary>The number of elements of a vector.</summary>
    public const int Lanes = 8;

    /// <summary>Computes four channels of neighboring outputs: <c>result[i, q] = bias[i] + Σ weights[k, i] pixels[offsets[k] + q]</c>.</summary>
    /// <param name="weights">The weights, four of eight neighbors: [length, 8].</param>
    /// <param name="pixels">The pixel of the first output, without an offset.</param>
    /// <param name="offsets">The distance of the pixel of each weight, in the order of the sum.</param>
    /// <param name="length">The number of weights of a channel.</param>
    /// <param name="bias">Four numbers.</param>
    /// <param name="result">The address of the first result.</param>
    /// <param name="resultStride">The distance between the channels of the results.</param>
    /// <typeparam name="TWidth">The number of outputs: two or three vectors.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<TWidth>(float* weights, float* pixels, int* offsets, int length, float* bias, float* result, nint resultStride)
        where TWidth : struct, ITileWidth
    {
        Vector256<float> s00 = Vector256.Create(bias[0]), s01 = s00, s02 = s00, s10 = Vector256.Create(bias[1]), s11 = s10, s12 = s10;
        Vector256<float> s20 = Vector256.Create(bias[2]), s21 = s20, s22 = s20, s30 = Vector256.Create(bias[3]), s31 = s30, s32 = s30;
        var end = offsets + length;
        for (; offsets != end; offsets++)
        {
            var x = pixels + *offsets;
            Vector256<float> x0 = Vector256.Load(x), x1 = Vector256.Load(x + Lanes), x2 = TWidth.IsThree ? Vector256.Load(x + (2 * Lanes)) : default;
            Add<TWidth>(weights[0], x0, x1, x2, ref s00, ref s01, ref s02);
            Add<TWidth>(weights[1], x0, x1, x2, ref s10, ref s11, ref s12);
            Add<TWidth>(weights[2], x0, x1, x2, ref s20, ref s21, ref s22);
            Add<TWidth>(weights[3], x0, x1, x2, ref s30, ref s31, ref s32);
            weights += ConvolutionTiles.Rows;
        }
        Store<TWidth>(s00, s01, s02, result);
        Store<TWidth>(s10, s11, s12, result + resultStride);
        Store<TWidth>(s20, s21, s22, result + (2 * resultStride));
        Store<TWidth>(s30, s31, s32, result + (3 * resultStride));
    }

    /// <summary>Adds the gradients of three weights of four channels: <c>sums[j, i] += Σ gradient[i, q] pixels[offsets[j] + q]</c>.</summary>
    /// <param name="gradient">The gradients of the outputs of the first channel of the first image.</param>
    /// <param name="gradientStride">The distance between channels of the gradients.</param>
    /// <param name="gradientImage">The distance between images of the gradients.</param>
    /// <param name="pixels">The first image, padded.</param>
    /// <param name="pixelImage">The distance between padded images.</param>
    /// <param name="offsets">The distances of the pixels of the three weights.</param>
    /// <param name="vectors">The number of vectors of a channel.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="sums">The sums, four of eight neighbors: [3, 8].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ForWeight(
        float* gradient, nint gradientStride, nint gradientImage, float* pixels, nint pixelImage, int* offsets, int vectors, int images, float* sums)
    {
        Vector256<float> s00 = default, s01 = default, s02 = default, s10 = default, s11 = default, s12 = default;
        Vector256<float> s20 = default, s21 = default, s22 = default, s30 = default, s31 = default, s32 = default;
        nint at1 = offsets[1] - offsets[0], at2 = offsets[2] - offsets[0], stride3 = 3 * gradientStride;
        pixels += offsets[0];
        for (; images > 0; images--)
        {
            var x = pixels;
            var g = gradient;
            for (var end = x + ((nint)vectors * Lanes); x != end; x += Lanes)
            {
                Vector256<float> x0 = Vector256.Load(x), x1 = Vector256.Load(x + at1), x2 = Vector256.Load(x + at2);
                Add(Vector256.Load(g), x0, x1, x2, ref s00, ref s01, ref s02);
                Add(Vector256.Load(g + gradientStride), x0, x1, x2, ref s10, ref s11, ref s12);
                Add(Vector256.Load(g + (2 * gradientStride)), x0, x1, x2, ref s20, ref s21, ref s22);
                Add(Vector256.Load(g + stride3), x0, x1, x2, ref s30, ref s31, ref s32);
                g += Lanes;
            }
            gradient += gradientImage;
            pixels += pixelImage;
        }
        AddTo(sums, MatrixTiles256.Sums(s00, s10, s20, s30));
        AddTo(sums + ConvolutionTiles.Rows, MatrixTiles256.Sums(s01, s11, s21, s31));
        AddTo(sums + (2 * ConvolutionTiles.Rows), MatrixTiles256.Sums(s02, s12, s22, s32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TWidth>(
        float weight, Vector256<float> x0, Vector256<float> x1, Vector256<float> x2, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        where TWidth : struct, ITileWidth
    {
        var w = Vector256.Create(weight);
        s0 = Fma.MultiplyAdd(w, x0, s0);
        s1 = Fma.MultiplyAdd(w, x1, s1);
        if (TWidth.IsThree)
            s2 = Fma.MultiplyAdd(w, x2, s2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        Vector256<float> g, Vector256<float> x0, Vector256<float> x1, Vector256<float> x2, ref Vector256<float> s0, ref Vector256<float> s1,
        ref Vector256<float> s2)
    {
        s0 = Fma.MultiplyAdd(g, x0, s0);
        s1 = Fma.MultiplyAdd(g, x1, s1);
        s2 = Fma.MultiplyAdd(g, x2, s2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TWidth>(Vector256<float> first, Vector256<float> second, Vector256<float> third, float* result)
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
