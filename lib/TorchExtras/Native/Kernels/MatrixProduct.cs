using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Computes products of Float32 matrices in blocks, in parallel on libtorch's threads.</summary>
/// <remarks>
/// One thread computes each element, in a fixed order, so the results do not depend on the number of threads. A block at the end of a dimension
/// overlaps the previous block; both compute the same values there.
/// </remarks>
internal readonly unsafe struct MatrixProduct
{
    // below this number, threads cost more time than they save
    private const long LeastOperationsPerThread = 1 << 21;

    private readonly float* _a;
    private readonly float* _b;
    private readonly float* _bias;
    private readonly float* _result;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _length;

    // the loop order reads the larger matrix once and keeps the smaller one in the cache
    private readonly bool _byRows;
    private readonly nint _rowStride;
    private readonly nint _stepStride;
    private readonly nint _bStride;

    private MatrixProduct(float* a, float* b, float* bias, float* result, int rows, int columns, int length)
    {
        _a = a;
        _b = b;
        _bias = bias;
        _result = result;
        (_rows, _columns, _length, _byRows) = (rows, columns, length, rows > columns);
    }

    private MatrixProduct(float* a, nint rowStride, nint stepStride, float* b, nint bStride, float* result, int rows, int columns, int length)
        : this(a, b, null, result, rows, columns, length) => (_rowStride, _stepStride, _bStride) = (rowStride, stepStride, bStride);

    /// <summary>Returns whether the products of a linear layer and its gradients can be computed here.</summary>
    public static bool Fits(long samples, long outputs, long inputs) =>
        FitsDot(samples, outputs, inputs) && FitsOuter(samples, inputs, outputs) && FitsOuter(outputs, inputs, samples);

    /// <summary>Returns whether <see cref="Multiply"/> can compute a product.</summary>
    public static bool FitsOuter(long rows, long columns, long length) =>
        MatrixTiles.IsSupported && rows >= MatrixTiles.OuterRows && columns >= MatrixTiles.OuterColumns && length >= 1 && IsModerate(rows, columns, length);

    /// <summary>Returns whether <see cref="Forward"/> can compute a product.</summary>
    public static bool FitsDot(long rows, long columns, long length) =>
        MatrixTiles.IsSupported && rows >= MatrixTiles.DotSize && columns >= MatrixTiles.DotSize && length >= MatrixTiles.LeastLength
        && IsModerate(rows, columns, length);

    /// <summary>Computes <c>result[samples, outputs] = x[samples, inputs] weightᵀ[inputs, outputs] + bias</c>; all matrices are contiguous.</summary>
    public static void Forward(float* x, float* weight, float* bias, float* result, int samples, int outputs, int inputs)
    {
        var work = new MatrixProduct(x, weight, bias, result, samples, outputs, inputs);
        Run(&work, (long)Blocks(samples, MatrixTiles.DotSize) * Blocks(outputs, MatrixTiles.DotSize), MatrixTiles.DotSize * MatrixTiles.DotSize, &Dot);
    }

    /// <summary>Computes <c>result[samples, inputs] = gradient[samples, outputs] weight[outputs, inputs]</c>; all matrices are contiguous.</summary>
    public static void ForInput(float* gradient, float* weight, float* result, int samples, int outputs, int inputs) =>
        Multiply(gradient, outputs, 1, weight, inputs, result, samples, inputs, outputs);

    /// <summary>Computes <c>result[outputs, inputs] = gradientᵀ[outputs, samples] x[samples, inputs]</c>; all matrices are contiguous.</summary>
    public static void ForWeight(float* gradient, float* x, float* result, int samples, int outputs, int inputs) =>
        Multiply(gradient, 1, outputs, x, inputs, result, outputs, inputs, samples);

    /// <summary>Computes <c>result[rows, columns] = a[rows, length] b[length, columns]</c>. The result and the rows of b are contiguous.</summary>
    /// <param name="a">The left matrix.</param>
    /// <param name="rowStride">The distance between its rows.</param>
    /// <param name="stepStride">The distance between its columns.</param>
    /// <param name="b">The right matrix.</param>
    /// <param name="bStride">The distance between its rows.</param>
    /// <param name="result">The product.</param>
    /// <param name="rows">The number of rows of the product.</param>
    /// <param name="columns">The number of columns of the product.</param>
    /// <param name="length">The number of products that are summed for each element.</param>
    public static void Multiply(float* a, nint rowStride, nint stepStride, float* b, nint bStride, float* result, int rows, int columns, int length)
    {
        var work = new MatrixProduct(a, rowStride, stepStride, b, bStride, result, rows, columns, length);
        Run(
            &work, (long)Blocks(rows, MatrixTiles.OuterRows) * Blocks(columns, MatrixTiles.OuterColumns), MatrixTiles.OuterRows * MatrixTiles.OuterColumns,
            &Outer);
    }

    /// <summary>Returns whether the matrices are small enough to be read without packing; libtorch is faster for larger ones.</summary>
    private static bool IsModerate(long rows, long columns, long length) =>
        length <= 4096 && Math.Min(rows, columns) * length <= 1 << 18 && Math.Max(rows, columns) * length <= 1 << 24 && rows * columns <= 1 << 24;

    private static void Run(MatrixProduct* work, long blocks, long elements, delegate* unmanaged<long, long, void*, void> body) =>
        ParallelLoop.Run(blocks, Math.Max(1, LeastOperationsPerThread / (2 * elements * work->_length)), body, work);

    [UnmanagedCallersOnly]
    private static void Dot(long from, long to, void* data)
    {
        var work = (MatrixProduct*)data;
        var (rows, columns, length) = (work->_rows, work->_columns, work->_length);
        var inner = Blocks(work->_byRows ? columns : rows, MatrixTiles.DotSize);
        for (var block = from; block < to; block++)
        {
            var (outer, rest) = Math.DivRem(block, inner);
            var row = Start(work->_byRows ? outer : rest, MatrixTiles.DotSize, rows);
            var column = Start(work->_byRows ? rest : outer, MatrixTiles.DotSize, columns);
            MatrixTiles.Dot(
                work->_a + (row * length), work->_b + (column * length), length, work->_bias is null ? null : work->_bias + column,
                work->_result + (row * columns) + column, columns);
        }
    }

    [UnmanagedCallersOnly]
    private static void Outer(long from, long to, void* data)
    {
        var work = (MatrixProduct*)data;
        var (rows, columns, length) = (work->_rows, work->_columns, work->_length);
        var inner = Blocks(rows, MatrixTiles.OuterRows);
        for (var block = from; block < to; block++)
        {
            var (outer, rest) = Math.DivRem(block, inner);
            var row = Start(rest, MatrixTiles.OuterRows, rows);
            var column = Start(outer, MatrixTiles.OuterColumns, columns);
            MatrixTiles.Outer(
                work->_a + (row * work->_rowStride), work->_rowStride, work->_stepStride, work->_b + column, work->_bStride, length,
                work->_result + (row * columns) + column, columns);
        }
    }

    private static int Blocks(int count, int size) => (count + size - 1) / size;

    private static long Start(long block, int size, int count) => Math.Min(block * size, count - size);
}
