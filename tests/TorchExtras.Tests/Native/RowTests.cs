using TorchSharp.Extras.Native.Kernels;

namespace TorchSharp.Extras.Tests.Native;

/// <summary>Compares the copying and the pooling of rows, for each set of instructions that the processor has, with loops over single elements.</summary>
public sealed unsafe class RowTests
{
    private readonly Random _random = new(7);

    public static TheoryData<int> Columns => [1, 2, 3, 7, 8, 9, 13, 15, 16, 17, 28, 31, 32, 33, 50];

    [Theory]
    [MemberData(nameof(Columns))]
    public void Rows_are_copied_without_a_change_of_other_elements(int columns)
    {
        const int Rows = 3;
        int sourcePitch = columns + 5, targetPitch = columns + 2;
        float[] source = Numbers(Rows * sourcePitch), target = Numbers(Rows * targetPitch);
        (source[0], source[(2 * sourcePitch) + columns - 1]) = (float.NaN, float.NegativeInfinity);
        foreach (var (isWide, hasRelu) in InstructionSets.With(false, true))
        {
            float[] expected = [.. target], actual = [.. target];
            for (var row = 0; row < Rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    var value = source[(row * sourcePitch) + column];
                    expected[(row * targetPitch) + column] = hasRelu && value < 0 ? 0 : value;
                }
            }
            fixed (float* from = source, to = actual)
            {
                if (isWide)
                    ImageRows512.Copy(from, sourcePitch, to, targetPitch, Rows, columns, hasRelu);
                else
                    ImageRows256.Copy(from, sourcePitch, to, targetPitch, Rows, columns, hasRelu);
            }
            Assert.Equal(expected, actual);
        }
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void The_gradients_of_rows_pass_where_the_result_is_not_zero(int columns)
    {
        const int Rows = 4;
        var pitch = columns + 3;
        float[] gradient = Numbers(Rows * columns), target = Numbers(Rows * pitch);
        float[] results = [.. Numbers(Rows * columns).Select(value => Math.Max(value, 0))];
        results[columns] = float.NaN;
        foreach (var (isWide, given) in InstructionSets.With<float[]?>(results, null))
        {
            float[] expected = [.. target], actual = [.. target];
            var sum = 0f;
            for (var i = 0; i < gradient.Length; i++)
            {
                var value = given is not null && given[i] <= 0 ? 0 : gradient[i];
                expected[(i / columns * pitch) + (i % columns)] = value;
                sum += value;
            }
            float written;
            fixed (float* g = gradient, r = given, to = actual)
            {
                written = isWide
                    ? ImageRows512.CopyGradient(g, r, to, pitch, Rows, columns)
                    : ImageRows256.CopyGradient(g, r, to, pitch, Rows, columns);
            }
            Assert.Equal(expected, actual);
            // all numbers are multiples of 1/8, so the order of the sum does not matter
            Assert.Equal(sum, written);
        }
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_window_gives_its_first_maximum_or_its_last_NaN(int columns)
    {
        const int Rows = 3;
        int pitch = (2 * columns) + 1, winnerPitch = PooledRows.WinnerPitch(columns);
        var plane = Numbers((2 * Rows * pitch) + 32);
        (plane[0], plane[pitch], plane[(2 * pitch) + (2 * columns) - 1]) = (float.NaN, float.NaN, float.PositiveInfinity);
        foreach (var (isWide, hasRelu) in InstructionSets.With(false, true))
        {
            float[] expected = new float[Rows * columns], values = new float[Rows * columns];
            byte[] expectedWinners = new byte[Rows * columns], winners = new byte[Rows * winnerPitch];
            for (var i = 0; i < expected.Length; i++)
            {
                var at = (i / columns * 2 * pitch) + (i % columns * 2);
                float[] window = [plane[at], plane[at + 1], plane[at + pitch], plane[at + pitch + 1]];
                var best = 0;
                for (var k = 1; k < 4; k++)
                {
                    if (window[k] > window[best] || float.IsNaN(window[k]))
                        best = k;
                }
                (expected[i], expectedWinners[i]) = (hasRelu && window[best] < 0 ? 0 : window[best], (byte)best);
            }
            fixed (float* from = plane, to = values)
            {
                fixed (byte* places = winners)
                {
                    if (isWide)
                        PooledRows512.Pool(from, pitch, Rows, columns, hasRelu, to, places);
                    else
                        PooledRows256.Pool(from, pitch, Rows, columns, hasRelu, to, places);
                }
            }
            Assert.Equal(expected, values);
            Assert.Equal(expectedWinners, winners.Chunk(winnerPitch).SelectMany(row => row[..columns]));
        }
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void The_gradient_of_a_window_goes_to_its_maximum(int columns)
    {
        const int Rows = 3;
        int pitch = (2 * columns) + 1, winnerPitch = PooledRows.WinnerPitch(columns);
        float[] gradient = Numbers(Rows * columns), target = Numbers(2 * Rows * pitch);
        float[] values = [.. Numbers(Rows * columns).Select(value => Math.Max(value, 0))];
        values[^1] = float.NaN;
        byte[] winners = [.. Enumerable.Range(0, Rows * winnerPitch).Select(_ => (byte)_random.Next(4))];
        foreach (var (isWide, given) in InstructionSets.With<float[]?>(values, null))
        {
            float[] expected = [.. target], actual = [.. target];
            var sum = 0f;
            for (var i = 0; i < gradient.Length; i++)
            {
                var at = (i / columns * 2 * pitch) + (i % columns * 2);
                var value = given is not null && given[i] <= 0 ? 0 : gradient[i];
                int[] places = [at, at + 1, at + pitch, at + pitch + 1];
                foreach (var place in places)
                    expected[place] = 0;
                expected[places[winners[(i / columns * winnerPitch) + (i % columns)]]] = value;
                sum += value;
            }
            float written;
            fixed (float* g = gradient, v = given, to = actual)
            {
                fixed (byte* places = winners)
                {
                    written = isWide
                        ? PooledRows512.Distribute(g, v, places, Rows, columns, to, pitch)
                        : PooledRows256.Distribute(g, v, places, Rows, columns, to, pitch);
                }
            }
            Assert.Equal(expected, actual);
            Assert.Equal(sum, written);
        }
    }

    // multiples of 1/8 from -8 to 8
    private float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.Next(-64, 65) / 8f)];
}
