using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Computes small blocks of products of Float32 matrices, with AVX-512 or with AVX2.</summary>
internal static unsafe class MatrixTiles
{
    /// <summary>The number of rows and of columns of a block of <see cref="Dot"/>.</summary>
    public const int DotSize = 4;

    /// <summary>The number of rows of a block of <see cref="Outer"/>.</summary>
    public const int OuterRows = 8;

    /// <summary>The number of columns of a block of <see cref="Outer"/>.</summary>
    public const int OuterColumns = 32;

    /// <summary>The minimum length of a row for <see cref="Dot"/>.</summary>
    public const int LeastLength = 16;

    /// <summary>Gets a value that indicates whether this processor supports the instructions.</summary>
    public static bool IsSupported => Avx512F.IsSupported || (Avx2.IsSupported && Fma.IsSupported);

    /// <summary>Computes four by four dot products of rows: <c>result[i, j] = a[i] · b[j] + bias[j]</c>.</summary>
    /// <param name="a">Four rows, one after the other.</param>
    /// <param name="b">Four rows, one after the other.</param>
    /// <param name="length">The number of elements of a row, at least 16.</param>
    /// <param name="bias">Four numbers, or null for none.</param>
    /// <param name="result">The address of the first result.</param>
    /// <param name="resultStride">The distance between rows of the results.</param>
    public static void Dot(float* a, float* b, int length, float* bias, float* result, nint resultStride)
    {
        if (Avx512F.IsSupported)
        {
            MatrixTiles512.Dot(a, b, length, bias, result, resultStride);
            return;
        }
        MatrixTiles256.Dot(a, b, length, bias, result, resultStride);
        MatrixTiles256.Dot(a + (2 * length), b, length, bias, result + (2 * resultStride), resultStride);
    }

    /// <summary>
    /// Computes eight rows and 32 columns of a product: <c>result[i, j] = Σ a(i, step) b(step, j)</c>, summed in the order of the steps.
    /// </summary>
    /// <param name="a">The first element of the left matrix.</param>
    /// <param name="rowStride">The distance between rows of the left matrix.</param>
    /// <param name="stepStride">The distance between steps in the left matrix.</param>
    /// <param name="b">The first of 32 columns of the right matrix.</param>
    /// <param name="bStride">The distance between rows of the right matrix.</param>
    /// <param name="steps">The number of products that are summed for each element.</param>
    /// <param name="result">The address of the first result.</param>
    /// <param name="resultStride">The distance between rows of the results.</param>
    public static void Outer(float* a, nint rowStride, nint stepStride, float* b, nint bStride, int steps, float* result, nint resultStride)
    {
        if (Avx512F.IsSupported)
        {
            MatrixTiles512.Outer(a, rowStride, stepStride, b, bStride, steps, result, resultStride);
            return;
        }
        for (var column = 0; column < OuterColumns; column += MatrixTiles256.OuterColumns)
        {
            for (var row = 0; row < OuterRows; row += MatrixTiles256.OuterRows)
            {
                MatrixTiles256.Outer(
                    a + (row * rowStride), rowStride, stepStride, b + column, bStride, steps, result + (row * resultStride) + column, resultStride);
            }
        }
    }
}
