using System.Collections;

namespace Microsoft.Data.Analysis;

/// <summary>The rows of a <see cref="DataFrame"/>, as views.</summary>
public class DataFrameRowCollection : IEnumerable<DataFrameRow>
{
    private readonly DataFrame _frame;

    internal DataFrameRowCollection(DataFrame frame) => _frame = frame;

    /// <summary>The row at this position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public DataFrameRow this[long index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new DataFrameRow(_frame, index);
        }
    }

    /// <summary>The number of rows.</summary>
    public long Count => _frame.Columns.RowCount;

    /// <summary>The rows from the first to the last.</summary>
    public IEnumerator<DataFrameRow> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
            yield return new DataFrameRow(_frame, i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
