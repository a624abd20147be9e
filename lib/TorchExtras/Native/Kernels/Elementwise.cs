using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Functions of the elements of Float32 matrices.</summary>
internal static unsafe class Elementwise
{
    private static int Lanes => Vector256<float>.Count;

    /// <summary>Replaces negative elements by 0. NaN stays.</summary>
    public static void Relu(float* values, long count)
    {
        var i = 0L;
        // where an element is NaN, the instruction returns the second operand
        for (; i <= count - Lanes; i += Lanes)
            Avx.Max(Vector256<float>.Zero, Vector256.Load(values + i)).Store(values + i);
        for (; i < count; i++)
            values[i] = MathF.Max(values[i], 0);
    }

    /// <summary>Computes the gradient of a ReLU's input: that of its result where the result is not 0.</summary>
    /// <param name="gradient">The gradient of the result.</param>
    /// <param name="result">The result.</param>
    /// <param name="target">Takes the gradient of the input; it may be <paramref name="gradient"/>.</param>
    /// <param name="count">The number of elements.</param>
    public static void ReluGradient(float* gradient, float* result, float* target, long count)
    {
        var i = 0L;
        for (; i <= count - Lanes; i += Lanes)
        {
            // where the result is NaN, the gradient passes
            var isZero = Vector256.LessThanOrEqual(Vector256.Load(result + i), Vector256<float>.Zero);
            Vector256.AndNot(Vector256.Load(gradient + i), isZero).Store(target + i);
        }
        for (; i < count; i++)
            target[i] = result[i] <= 0 ? 0 : gradient[i];
    }

    /// <summary>Multiplies elements.</summary>
    public static void Multiply(float* left, float* right, float* target, long count)
    {
        var i = 0L;
        for (; i <= count - Lanes; i += Lanes)
            (Vector256.Load(left + i) * Vector256.Load(right + i)).Store(target + i);
        for (; i < count; i++)
            target[i] = left[i] * right[i];
    }

    /// <summary>Sums the rows of a matrix in blocks of 64 rows, then sums the blocks, because one long sum would lose precision.</summary>
    public static void SumRows(float* matrix, float* sums, int rows, int columns)
    {
        const int Part = 64;
        new Span<float>(sums, columns).Clear();
        for (var column = 0; column < columns;)
        {
            var lanes = columns - column >= Lanes ? Lanes : 1;
            for (var first = 0; first < rows; first += Part)
            {
                var end = Math.Min(first + Part, rows);
                if (lanes == 1)
                {
                    var sum = 0f;
                    for (var row = first; row < end; row++)
                        sum += matrix[((long)row * columns) + column];
                    sums[column] += sum;
                    continue;
                }
                var part = Vector256<float>.Zero;
                for (var row = first; row < end; row++)
                    part += Vector256.Load(matrix + ((long)row * columns) + column);
                (Vector256.Load(sums + column) + part).Store(sums + column);
            }
            column += lanes;
        }
    }
}
