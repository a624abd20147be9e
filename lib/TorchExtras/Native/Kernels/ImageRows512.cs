using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Copies rows of Float32 elements with AVX-512.</summary>
internal static unsafe class ImageRows512
{
    private const int Lanes = 16;

    /// <inheritdoc cref="ImageRows.Copy"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* source, nint sourcePitch, float* target, nint targetPitch, int rows, int columns, bool hasRelu)
    {
        var least = Vector512.Create(hasRelu ? 0 : float.NegativeInfinity);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column += Lanes)
            {
                var mask = First(columns - column);
                Avx512F.MaskStore(target + column, mask, Vector512.Max(Avx512F.MaskLoad(source + column, mask, default), least));
            }
            source += sourcePitch;
            target += targetPitch;
        }
    }

    /// <inheritdoc cref="ImageRows.CopyGradient"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float CopyGradient(float* gradient, float* results, float* target, nint targetPitch, int rows, int columns)
    {
        var sums = Vector512<float>.Zero;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column += Lanes)
            {
                var mask = First(columns - column);
                var g = ReluGradient(gradient + column, results is null ? null : results + column, mask);
                sums += g;
                Avx512F.MaskStore(target + column, mask, g);
            }
            gradient += columns;
            results = results is null ? null : results + columns;
            target += targetPitch;
        }
        return Vector512.Sum(sums);
    }

    /// <summary>Returns a mask of the first elements of a vector.</summary>
    /// <param name="count">The number of elements; more than a vector has means all.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> First(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    /// <summary>Returns the elements of a gradient under a mask: zeros where the result of a ReLU is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ReluGradient(float* gradient, float* results, Vector512<float> mask)
    {
        var g = Avx512F.MaskLoad(gradient, mask, default);
        // where the result is NaN, the gradient passes
        return results is null ? g : Vector512.AndNot(g, Vector512.LessThanOrEqual(Avx512F.MaskLoad(results, mask, default), Vector512<float>.Zero));
    }
}
