using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Computes blocks of convolutions of Float32 images, with AVX-512 or with AVX2.</summary>
internal static unsafe class ConvolutionTiles
{
    /// <summary>The number of output channels of a block.</summary>
    public const int Rows = 8;

    /// <summary>The number of weights of a block of <see cref="ForWeight"/>.</summary>
    public const int Steps = 3;

    /// <summary>The number of elements of a vector. With AVX2, each vector is computed in two halves.</summary>
    public const int Lanes = 16;

    /// <summary>Computes eight channels of neighboring outputs: <c>result[i, q] = bias[i] + Σ weights[k, i] pixels[offsets[k] + q]</c>.</summary>
    /// <param name="weights">The weights, [length, 8].</param>
    /// <param name="pixels">The pixel of the first output, without an offset.</param>
    /// <param name="offsets">The distance of the pixel of each weight, in the order of the sum.</param>
    /// <param name="length">The number of weights of a channel.</param>
    /// <param name="bias">Eight numbers.</param>
    /// <param name="result">The address of the first result.</param>
    /// <param name="resultStride">The distance between the channels of the results.</param>
    /// <typeparam name="TWidth">The number of outputs: two or three vectors.</typeparam>
    public static void Forward<TWidth>(float* weights, float* pixels, int* offsets, int length, float* bias, float* result, nint resultStride)
        where TWidth : struct, ITileWidth
    {
        if (Avx512F.IsSupported)
        {
            ConvolutionTiles512.Forward<TWidth>(weights, pixels, offsets, length, bias, result, resultStride);
            return;
        }
        // three vectors are two blocks of three halves, and two vectors are two blocks of two halves
        var half = (TWidth.IsThree ? 3 : 2) * ConvolutionTiles256.Lanes;
        for (var row = 0; row < Rows; row += ConvolutionTiles256.Rows)
        {
            ConvolutionTiles256.Forward<TWidth>(weights + row, pixels, offsets, length, bias + row, result, resultStride);
            ConvolutionTiles256.Forward<TWidth>(weights + row, pixels + half, offsets, length, bias + row, result + half, resultStride);
            result += ConvolutionTiles256.Rows * resultStride;
        }
    }

    /// <summary>Adds the gradients of three weights of eight channels: <c>sums[j, i] += Σ gradient[i, q] pixels[offsets[j] + q]</c>.</summary>
    /// <param name="gradient">The gradients of the outputs of the first channel of the first image, at an aligned address.</param>
    /// <param name="gradientStride">The distance between channels of the gradients.</param>
    /// <param name="gradientImage">The distance between images of the gradients.</param>
    /// <param name="pixels">The first image, padded.</param>
    /// <param name="pixelImage">The distance between padded images.</param>
    /// <param name="offsets">The distances of the pixels of the three weights.</param>
    /// <param name="vectors">The number of vectors of a channel.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="sums">The sums, [3, 8].</param>
    public static void ForWeight(
        float* gradient, nint gradientStride, nint gradientImage, float* pixels, nint pixelImage, int* offsets, int vectors, int images, float* sums)
    {
        if (Avx512F.IsSupported)
        {
            ConvolutionTiles512.ForWeight(gradient, gradientStride, gradientImage, pixels, pixelImage, offsets, vectors, images, sums);
            return;
        }
        for (var row = 0; row < Rows; row += ConvolutionTiles256.Rows)
        {
            ConvolutionTiles256.ForWeight(
                gradient + (row * gradientStride), gradientStride, gradientImage, pixels, pixelImage, offsets, 2 * vectors, images, sums + row);
        }
    }
}

/// <summary>The number of vectors of a block of outputs, for which the compiler creates separate code.</summary>
internal interface ITileWidth
{
    /// <summary>Gets whether a block has three vectors; otherwise it has two.</summary>
    static abstract bool IsThree { get; }
}

/// <summary>Blocks of two vectors.</summary>
internal readonly struct TwoVectors : ITileWidth
{
    public static bool IsThree => false;
}

/// <summary>Blocks of three vectors.</summary>
internal readonly struct ThreeVectors : ITileWidth
{
    public static bool IsThree => true;
}
