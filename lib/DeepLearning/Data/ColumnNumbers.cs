using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Reads the columns of a table for statistics.</summary>
internal static class ColumnNumbers
{
    /// <summary>Returns the values of each column, without NaN.</summary>
    /// <exception cref="ArgumentException">The data is not a table with rows, or a column has no values.</exception>
    public static IEnumerable<double[]> Of(Tensor data)
    {
        if (data.ndim != 2 || data.numel() == 0)
            throw new ArgumentException($"A table must be [rows, columns] with at least one row, but the data is [{string.Join(", ", data.shape)}].", nameof(data));
        using var columns = data.detach().to(ScalarType.Float64).cpu().T.contiguous();
        var (values, rows) = (columns.data<double>().ToArray(), (int)data.shape[0]);
        return values.Chunk(rows).Select((column, number) => Array.FindAll(column, value => !double.IsNaN(value)) is { Length: > 0 } numbers
            ? numbers
            : throw new ArgumentException($"Column {number} (from 0) has no values.", nameof(data)));
    }
}
