using System.Collections;

namespace Microsoft.Data.Analysis;

/// <summary>One row: a view of a <see cref="DataFrame"/>, through which its values can be read and set.</summary>
public class DataFrameRow : IEnumerable<object?>
{
    private readonly DataFrame _frame;
    private readonly long _row;

    internal DataFrameRow(DataFrame frame, long row)
    {
        _frame = frame;
        _row = row;
    }

    /// <summary>The value in the column at this position.</summary>
    public object? this[int index]
    {
        get => _frame.Columns[index][_row];
        set => _frame.Columns[index][_row] = value;
    }

    /// <summary>The value in the column of this name.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public object? this[string columnName]
    {
        get => _frame[columnName][_row];
        set => _frame[columnName][_row] = value;
    }

    /// <summary>The names of the columns with this row's values.</summary>
    public IEnumerable<KeyValuePair<string, object?>> GetValues()
    {
        foreach (var column in _frame.Columns)
            yield return new(column.Name, column[_row]);
    }

    /// <summary>The values in the order of the columns.</summary>
    public IEnumerator<object?> GetEnumerator()
    {
        foreach (var column in _frame.Columns)
            yield return column[_row];
    }

    /// <summary>The values, with spaces between.</summary>
    public override string ToString() => string.Join(' ', this.Select(value => value ?? "null"));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
