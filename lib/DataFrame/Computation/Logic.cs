namespace Microsoft.Data.Analysis;

/// <summary>Combines truth values; a null on either side gives null.</summary>
internal static class Logic
{
    internal static DataFrameColumn Of(DataFrameColumn left, Func<bool, bool, bool> combine, object right, bool inPlace)
    {
        if (left is not PrimitiveDataFrameColumn<bool> column)
            throw new NotSupportedException($"Truth values are needed; column '{left.Name}' holds {left.DataType.Name}.");
        var other = right switch
        {
            bool value => _ => value,
            PrimitiveDataFrameColumn<bool> values when values.Length == left.Length => row => values[row],
            PrimitiveDataFrameColumn<bool> values => throw new ArgumentException(
                $"Column '{values.Name}' has {values.Length} rows, column '{left.Name}' {left.Length}.", nameof(right)),
            _ => (Func<long, bool?>?)null,
        } ?? throw new NotSupportedException($"Truth values are needed to combine with column '{left.Name}'.");
        var result = inPlace ? column : column.Clone();
        for (long row = 0; row < result.Length; row++)
            result[row] = result[row] is { } a && other(row) is { } b ? combine(a, b) : null;
        return result;
    }
}
