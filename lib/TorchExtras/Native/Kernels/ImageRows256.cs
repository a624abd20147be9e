using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Copies rows of Float32 elements with AVX2.</summary>
/// <remarks>
/// The last vector of a row ends at the end of the row and repeats some elements of the previous vector, because stores with a mask are slow on some
/// processors. Only rows that are shorter than a vector need masks.
/// </remarks>
internal static unsafe class ImageRows256
{
    private const int Lanes = 8;

    /// <inheritdoc cref="ImageRows.Copy"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* source, nint sourcePitch, float* target, nint targetPitch, int rows, int columns, bool hasRelu)
    {
        var least = Vector256.Create(hasRelu ? 0 : float.NegativeInfinity);
        var mask = First(columns);
        for (var row = 0; row < rows; row++)
        {
            if (columns < Lanes)
            {
                Avx.MaskStore(target, mask, Avx.Max(least, Avx.MaskLoad(source, mask)));
            }
            else
            {
                for (var column = 0; column < columns; column += Lanes)
                {
                    var at = Start(column, columns);
                    // where an element is NaN, the instruction returns the second operand
                    Avx.Max(least, Vector256.Load(source + at)).Store(target + at);
                }
            }
            source += sourcePitch;
            target += targetPitch;
        }
    }

    /// <inheritdoc cref="ImageRows.CopyGradient"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float CopyGradient(float* gradient, float* results, float* target, nint targetPitch, int rows, int columns)
    {
        var sums = Vector256<float>.Zero;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column += Lanes)
            {
                var at = Start(column, columns);
                var g = ReluGradient(gradient + at, results is null ? null : results + at, columns);
                sums += g & From(column - at);
                Store(g, target + at, columns);
            }
            gradient += columns;
            results = results is null ? null : results + columns;
            target += targetPitch;
        }
        return Vector256.Sum(sums);
    }

    /// <summary>Returns the first element of a vector of a row: the last vector ends at the end of the row, if the row is long enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Start(int column, int columns) => Math.Max(0, Math.Min(column, columns - Lanes));

    /// <summary>Returns a mask of the first elements of a vector.</summary>
    /// <param name="count">The number of elements; more than a vector has means all.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(int count) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    /// <summary>Returns a mask of the elements of a vector after the first ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> From(int count) => Vector256.GreaterThanOrEqual(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    /// <summary>Stores a vector, or the elements that a short row has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> value, float* target, int count)
    {
        if (count >= Lanes)
            value.Store(target);
        else
            Avx.MaskStore(target, First(count), value);
    }

    /// <summary>Returns a vector of a gradient, or the elements that a short row has: zeros where the result of a ReLU is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ReluGradient(float* gradient, float* results, int count)
    {
        var g = Load(gradient, count);
        // where the result is NaN, the gradient passes
        return results is null ? g : Vector256.AndNot(g, Vector256.LessThanOrEqual(Load(results, count), Vector256<float>.Zero));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(float* source, int count) => count >= Lanes ? Vector256.Load(source) : Avx.MaskLoad(source, First(count));
}
