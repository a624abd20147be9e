using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Pools planes of Float32 elements in windows of two by two with AVX-512, and distributes the gradients of the maxima.</summary>
internal static unsafe class PooledRows512
{
    private const int Lanes = 16;

    /// <inheritdoc cref="PooledRows.Pool"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pool(float* plane, nint pitch, int rows, int columns, bool hasRelu, float* values, byte* winners)
    {
        var least = Vector512.Create(hasRelu ? 0 : float.NegativeInfinity);
        Vector512<int> even = Vector512.CreateSequence(0, 2), odd = Vector512.CreateSequence(1, 2);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column += Lanes)
            {
                var at = plane + (2 * column);
                Vector512<float> first = Vector512.Load(at), second = Vector512.Load(at + Lanes);
                Vector512<float> third = Vector512.Load(at + pitch), fourth = Vector512.Load(at + pitch + Lanes);
                var largest = Avx512F.PermuteVar16x32x2(first, even, second);
                var best = Vector512<int>.Zero;
                Take(Avx512F.PermuteVar16x32x2(first, odd, second), 1, ref largest, ref best);
                Take(Avx512F.PermuteVar16x32x2(third, even, fourth), 2, ref largest, ref best);
                Take(Avx512F.PermuteVar16x32x2(third, odd, fourth), 3, ref largest, ref best);
                Avx512F.MaskStore(values + column, ImageRows512.First(columns - column), Vector512.Max(largest, least));
                Avx512F.ConvertToVector128Byte(best).Store(winners + column);
            }
            plane += 2 * pitch;
            values += columns;
            winners += PooledRows.WinnerPitch(columns);
        }
    }

    /// <inheritdoc cref="PooledRows.Distribute"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Distribute(float* gradient, float* values, byte* winners, int rows, int columns, float* target, nint pitch)
    {
        Vector512<int> low = Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        Vector512<int> high = Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        var sums = Vector512<float>.Zero;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column += Lanes)
            {
                var g = ImageRows512.ReluGradient(gradient + column, values is null ? null : values + column, ImageRows512.First(columns - column));
                sums += g;
                var winner = Avx512F.ConvertToVector512Int32(Vector128.Load(winners + column));
                var at = target + (2 * column);
                Vector512<float> maskLow = ImageRows512.First(2 * (columns - column)), maskHigh = ImageRows512.First((2 * (columns - column)) - Lanes);
                Vector512<float> first = Of(g, winner, 0), second = Of(g, winner, 1), third = Of(g, winner, 2), fourth = Of(g, winner, 3);
                Avx512F.MaskStore(at, maskLow, Avx512F.PermuteVar16x32x2(first, low, second));
                Avx512F.MaskStore(at + Lanes, maskHigh, Avx512F.PermuteVar16x32x2(first, high, second));
                Avx512F.MaskStore(at + pitch, maskLow, Avx512F.PermuteVar16x32x2(third, low, fourth));
                Avx512F.MaskStore(at + pitch + Lanes, maskHigh, Avx512F.PermuteVar16x32x2(third, high, fourth));
            }
            gradient += columns;
            values = values is null ? null : values + columns;
            winners += PooledRows.WinnerPitch(columns);
            target += 2 * pitch;
        }
        return Vector512.Sum(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(Vector512<float> candidate, int number, ref Vector512<float> largest, ref Vector512<int> best)
    {
        var isTaken = Vector512.GreaterThan(candidate, largest) | ~Vector512.Equals(candidate, candidate);
        largest = Vector512.ConditionalSelect(isTaken, candidate, largest);
        best = Vector512.ConditionalSelect(isTaken.AsInt32(), Vector512.Create(number), best);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Of(Vector512<float> gradient, Vector512<int> winner, int number) =>
        gradient & Vector512.Equals(winner, Vector512.Create(number)).AsSingle();
}
