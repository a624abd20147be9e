using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Pools planes of Float32 elements in windows of two by two.</summary>
/// <param name="input">The first element of the first plane.</param>
/// <param name="values">The output for the maxima.</param>
/// <param name="indices">The output for the indices of the maxima within their planes.</param>
/// <param name="height">The number of rows of a plane. A last odd row belongs to no window.</param>
/// <param name="width">The number of columns of a plane. A last odd column belongs to no window.</param>
/// <remarks>The value of a window is its first maximum, or its last NaN, as in libtorch's kernel.</remarks>
internal readonly unsafe struct MaxPoolPlanes(float* input, float* values, long* indices, int height, int width)
{
    [UnmanagedCallersOnly]
    public static void Run(long from, long to, void* planes)
    {
        for (var plane = from; plane < to; plane++)
            ((MaxPoolPlanes*)planes)->Pool(plane);
    }

    private void Pool(long plane)
    {
        var (rows, columns) = (height / 2, width / 2);
        var source = input + (plane * height * width);
        var value = values + (plane * rows * columns);
        var index = indices + (plane * rows * columns);
        for (var row = 0; row < rows; row++)
        {
            PoolRow(source, 2 * row * width, value, index, columns);
            value += columns;
            index += columns;
        }
    }

    /// <summary>Pools two rows of a plane into one.</summary>
    private void PoolRow(float* plane, int first, float* value, long* index, int columns)
    {
        // the last vector ends at the end of the row and repeats some columns of the previous vector
        if (Avx2.IsSupported && columns >= Vector256<float>.Count)
        {
            for (var column = 0; column < columns; column += Vector256<float>.Count)
            {
                var at = Math.Min(column, columns - Vector256<float>.Count);
                Pool8(plane, first + (2 * at), value + at, index + at);
            }
        }
        else if ((Sse.IsSupported || AdvSimd.Arm64.IsSupported) && columns >= Vector128<float>.Count)
        {
            for (var column = 0; column < columns; column += Vector128<float>.Count)
            {
                var at = Math.Min(column, columns - Vector128<float>.Count);
                Pool4(plane, first + (2 * at), value + at, index + at);
            }
        }
        else
        {
            for (var column = 0; column < columns; column++)
                Pool1(plane, first + (2 * column), value + column, index + column);
        }
    }

    private void Pool8(float* plane, int at, float* value, long* index)
    {
        var (upperLeft, upperRight) = EvenAndOdd(Vector256.Load(plane + at), Vector256.Load(plane + at + 8));
        var (lowerLeft, lowerRight) = EvenAndOdd(Vector256.Load(plane + at + width), Vector256.Load(plane + at + width + 8));
        var place = Vector256.Create(at) + Vector256.Create(0, 2, 4, 6, 8, 10, 12, 14);
        var (largest, best) = (upperLeft, place);
        Take(upperRight, place + Vector256<int>.One, ref largest, ref best);
        Take(lowerLeft, place + Vector256.Create(width), ref largest, ref best);
        Take(lowerRight, place + Vector256.Create(width + 1), ref largest, ref best);
        largest.Store(value);
        var (low, high) = Vector256.Widen(best);
        low.Store(index);
        high.Store(index + 4);
    }

    private void Pool4(float* plane, int at, float* value, long* index)
    {
        var (upperLeft, upperRight) = EvenAndOdd(Vector128.Load(plane + at), Vector128.Load(plane + at + 4));
        var (lowerLeft, lowerRight) = EvenAndOdd(Vector128.Load(plane + at + width), Vector128.Load(plane + at + width + 4));
        var place = Vector128.Create(at) + Vector128.Create(0, 2, 4, 6);
        var (largest, best) = (upperLeft, place);
        Take(upperRight, place + Vector128<int>.One, ref largest, ref best);
        Take(lowerLeft, place + Vector128.Create(width), ref largest, ref best);
        Take(lowerRight, place + Vector128.Create(width + 1), ref largest, ref best);
        largest.Store(value);
        var (low, high) = Vector128.Widen(best);
        low.Store(index);
        high.Store(index + 2);
    }

    private void Pool1(float* plane, int at, float* value, long* index)
    {
        var (largest, best) = (plane[at], at);
        Take(plane, at + 1, ref largest, ref best);
        Take(plane, at + width, ref largest, ref best);
        Take(plane, at + width + 1, ref largest, ref best);
        (*value, *index) = (largest, best);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(Vector256<float> candidate, Vector256<int> place, ref Vector256<float> largest, ref Vector256<int> best)
    {
        var isTaken = Vector256.GreaterThan(candidate, largest) | ~Vector256.Equals(candidate, candidate);
        largest = Vector256.ConditionalSelect(isTaken, candidate, largest);
        best = Vector256.ConditionalSelect(isTaken.AsInt32(), place, best);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(Vector128<float> candidate, Vector128<int> place, ref Vector128<float> largest, ref Vector128<int> best)
    {
        var isTaken = Vector128.GreaterThan(candidate, largest) | ~Vector128.Equals(candidate, candidate);
        largest = Vector128.ConditionalSelect(isTaken, candidate, largest);
        best = Vector128.ConditionalSelect(isTaken.AsInt32(), place, best);
    }

    private static void Take(float* plane, int place, ref float largest, ref int best)
    {
        if (plane[place] > largest || float.IsNaN(plane[place]))
            (largest, best) = (plane[place], place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Even, Vector256<float> Odd) EvenAndOdd(Vector256<float> first, Vector256<float> second)
    {
        // the shuffle works within 128-bit halves, so the middle quarters are exchanged afterward
        var even = Avx2.Permute4x64(Avx.Shuffle(first, second, 0b10_00_10_00).AsDouble(), 0b11_01_10_00).AsSingle();
        var odd = Avx2.Permute4x64(Avx.Shuffle(first, second, 0b11_01_11_01).AsDouble(), 0b11_01_10_00).AsSingle();
        return (even, odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Even, Vector128<float> Odd) EvenAndOdd(Vector128<float> first, Vector128<float> second) => Sse.IsSupported
        ? (Sse.Shuffle(first, second, 0b10_00_10_00), Sse.Shuffle(first, second, 0b11_01_11_01))
        : (AdvSimd.Arm64.UnzipEven(first, second), AdvSimd.Arm64.UnzipOdd(first, second));
}
