using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Pools planes of Float32 elements in windows of two by two with AVX2, and distributes the gradients of the maxima.</summary>
/// <remarks>The last vector of a row ends at the end of the row, as in <see cref="ImageRows256"/>.</remarks>
internal static unsafe class PooledRows256
{
    private const int Lanes = 8;

    /// <inheritdoc cref="PooledRows.Pool"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pool(float* plane, nint pitch, int rows, int columns, bool hasRelu, float* values, byte* winners)
    {
        var least = Vector256.Create(hasRelu ? 0 : float.NegativeInfinity);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column += Lanes)
            {
                var start = ImageRows256.Start(column, columns);
                var at = plane + (2 * start);
                Vector256<float> first = Vector256.Load(at), second = Vector256.Load(at + Lanes);
                Vector256<float> third = Vector256.Load(at + pitch), fourth = Vector256.Load(at + pitch + Lanes);
                var largest = Even(first, second);
                var best = Vector256<int>.Zero;
                Take(Odd(first, second), 1, ref largest, ref best);
                Take(Even(third, fourth), 2, ref largest, ref best);
                Take(Odd(third, fourth), 3, ref largest, ref best);
                // where a maximum is NaN, the instruction returns the second operand
                ImageRows256.Store(Avx.Max(least, Ordered(largest)), values + start, columns);
                var words = Sse2.PackSignedSaturate(best.GetLower(), best.GetUpper());
                *(ulong*)(winners + start) = Sse2.PackUnsignedSaturate(OrderedWords(words), default).AsUInt64().ToScalar();
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
        var sums = Vector256<float>.Zero;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column += Lanes)
            {
                var start = ImageRows256.Start(column, columns);
                var g = ImageRows256.ReluGradient(gradient + start, values is null ? null : values + start, columns);
                sums += g & ImageRows256.From(column - start);
                var winner = Avx2.ConvertToVector256Int32(winners + start);
                var at = target + (2 * start);
                StorePairs(Of(g, winner, 0), Of(g, winner, 1), at, 2 * columns);
                StorePairs(Of(g, winner, 2), Of(g, winner, 3), at + pitch, 2 * columns);
            }
            gradient += columns;
            values = values is null ? null : values + columns;
            winners += PooledRows.WinnerPitch(columns);
            target += 2 * pitch;
        }
        return Vector256.Sum(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePairs(Vector256<float> even, Vector256<float> odd, float* target, int count)
    {
        Vector256<float> low = Avx.UnpackLow(even, odd), high = Avx.UnpackHigh(even, odd);
        ImageRows256.Store(Avx.Permute2x128(low, high, 0x20), target, count);
        if (count > Lanes)
            ImageRows256.Store(Avx.Permute2x128(low, high, 0x31), target + Lanes, count - Lanes);
    }

    // even and odd elements are in the order of the shuffle, which works within 128-bit halves, until the maxima are known
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Even(Vector256<float> first, Vector256<float> second) => Avx.Shuffle(first, second, 0b10_00_10_00);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Odd(Vector256<float> first, Vector256<float> second) => Avx.Shuffle(first, second, 0b11_01_11_01);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Ordered(Vector256<float> values) => Avx2.Permute4x64(values.AsDouble(), 0b11_01_10_00).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> OrderedWords(Vector128<short> values) => Sse2.Shuffle(values.AsInt32(), 0b11_01_10_00).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(Vector256<float> candidate, int number, ref Vector256<float> largest, ref Vector256<int> best)
    {
        var isTaken = Vector256.GreaterThan(candidate, largest) | ~Vector256.Equals(candidate, candidate);
        largest = Vector256.ConditionalSelect(isTaken, candidate, largest);
        best = Vector256.ConditionalSelect(isTaken.AsInt32(), Vector256.Create(number), best);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Of(Vector256<float> gradient, Vector256<int> winner, int number) =>
        gradient & Vector256.Equals(winner, Vector256.Create(number)).AsSingle();
}
