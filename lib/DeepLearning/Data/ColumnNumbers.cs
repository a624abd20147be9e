using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Reads the columns of a table for statistics.</summary>
internal static class ColumnNumbers
{
    /// <summary>Returns the values of each column, without NaN.</summary>
    /// <exception cref="ArgumentException">The data is not a table with rows, a column has no values, or a value is infinite.</exception>
    public static IEnumerable<double[]> Of(Tensor data)
    {
        if (data.ndim != 2 || data.numel() == 0)
            throw new ArgumentException($"A table must be [rows, columns] with at least one row, but the data is [{string.Join(", ", data.shape)}].", nameof(data));
        using var columns = data.detach().to(ScalarType.Float64).cpu().T.contiguous();
        var (values, rows) = (columns.data<double>().ToArray(), (int)data.shape[0]);
        if (Array.FindIndex(values, double.IsInfinity) is >= 0 and var infinite)
            throw new ArgumentException($"Column {infinite / rows} (from 0) has an infinite value in row {infinite % rows} (from 0).", nameof(data));
        return values.Chunk(rows).Select((column, number) => Array.FindAll(column, value => !double.IsNaN(value)) is { Length: > 0 } numbers
            ? numbers
            : throw new ArgumentException($"Column {number} (from 0) has no values.", nameof(data)));
    }
}
