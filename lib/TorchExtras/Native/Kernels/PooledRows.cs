using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Pools planes of Float32 elements in windows of two by two, with AVX-512 or with AVX2, and distributes the gradients of the maxima.</summary>
/// <remarks>
/// The value of a window is its first maximum, or its last NaN, as in libtorch's kernel. The number of the maximum in its window, from 0 to 3, is a
/// byte; the bytes of a row of windows take <see cref="WinnerPitch"/> bytes.
/// </remarks>
internal static unsafe class PooledRows
{
    /// <summary>Returns the distance between rows of winners.</summary>
    /// <param name="columns">The number of windows of a row.</param>
    public static int WinnerPitch(int columns) => ConvolutionShape.Align(columns);

    /// <summary>Pools a plane. It reads whole vectors: up to 31 elements after the plane.</summary>
    /// <param name="plane">The first row.</param>
    /// <param name="pitch">The distance between its rows.</param>
    /// <param name="rows">The number of rows of windows.</param>
    /// <param name="columns">The number of windows of a row.</param>
    /// <param name="hasRelu">Whether to replace negative maxima by 0.</param>
    /// <param name="values">Takes the maxima, without a distance between rows.</param>
    /// <param name="winners">Takes the winners.</param>
    public static void Pool(float* plane, nint pitch, int rows, int columns, bool hasRelu, float* values, byte* winners)
    {
        if (Avx512F.IsSupported)
            PooledRows512.Pool(plane, pitch, rows, columns, hasRelu, values, winners);
        else
            PooledRows256.Pool(plane, pitch, rows, columns, hasRelu, values, winners);
    }

    /// <summary>Writes the gradients of maxima to the places of the maxima, and zeros to the other places of the windows.</summary>
    /// <param name="gradient">The gradients of the maxima, without a distance between rows.</param>
    /// <param name="values">The maxima, where there is a ReLU: where a maximum is 0, its gradient is 0. Null where there is none.</param>
    /// <param name="winners">The winners.</param>
    /// <param name="rows">The number of rows of windows.</param>
    /// <param name="columns">The number of windows of a row.</param>
    /// <param name="target">The place of the first row.</param>
    /// <param name="pitch">The distance between its rows.</param>
    /// <returns>The sum of the gradients.</returns>
    public static float Distribute(float* gradient, float* values, byte* winners, int rows, int columns, float* target, nint pitch) => Avx512F.IsSupported
        ? PooledRows512.Distribute(gradient, values, winners, rows, columns, target, pitch)
        : PooledRows256.Distribute(gradient, values, winners, rows, columns, target, pitch);
}
