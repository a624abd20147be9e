using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Copies rows of Float32 elements, with AVX-512 or with AVX2.</summary>
internal static unsafe class ImageRows
{
    /// <summary>Copies the rows of a plane to a plane with another distance between rows.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="sourcePitch">The distance between its rows.</param>
    /// <param name="target">The place of the first row.</param>
    /// <param name="targetPitch">The distance between its rows.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of elements of a row.</param>
    /// <param name="hasRelu">Whether to replace negative elements by 0.</param>
    public static void Copy(float* source, nint sourcePitch, float* target, nint targetPitch, int rows, int columns, bool hasRelu)
    {
        if (Avx512F.IsSupported)
            ImageRows512.Copy(source, sourcePitch, target, targetPitch, rows, columns, hasRelu);
        else
            ImageRows256.Copy(source, sourcePitch, target, targetPitch, rows, columns, hasRelu);
    }

    /// <summary>Copies a plane of gradients: zeros where the result of a ReLU is 0.</summary>
    /// <param name="gradient">The gradients, without a distance between rows.</param>
    /// <param name="results">The results of the ReLU; null where there is none.</param>
    /// <param name="target">The place of the first row.</param>
    /// <param name="targetPitch">The distance between its rows.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of elements of a row.</param>
    /// <returns>The sum of the elements.</returns>
    public static float CopyGradient(float* gradient, float* results, float* target, nint targetPitch, int rows, int columns) => Avx512F.IsSupported
        ? ImageRows512.CopyGradient(gradient, results, target, targetPitch, rows, columns)
        : ImageRows256.CopyGradient(gradient, results, target, targetPitch, rows, columns);
}
