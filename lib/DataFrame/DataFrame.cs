namespace Microsoft.Data.Analysis;

/// <summary>A table: named columns of one length, each with values of one type, any of which may be null.</summary>
[TypeFormatterSource(typeof(DataFrameFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public partial class DataFrame
{
    internal const int RowsInText = 25;

    private const string LengthRow = "Length (excluding null values)";

    /// <summary>A frame of the given columns, which are not copied.</summary>
    /// <exception cref="ArgumentException">The columns differ in length, or two have the same name.</exception>
    public DataFrame(IEnumerable<DataFrameColumn> columns)
    {
        Columns = new DataFrameColumnCollection(columns);
        Rows = new DataFrameRowCollection(this);
    }

    /// <inheritdoc cref="DataFrame(IEnumerable{DataFrameColumn})"/>
    public DataFrame(params DataFrameColumn[] columns)
        : this((IEnumerable<DataFrameColumn>)columns)
    {
    }

    /// <summary>The columns, by position or name.</summary>
    public DataFrameColumnCollection Columns { get; }

    /// <summary>A view of the rows.</summary>
    public DataFrameRowCollection Rows { get; }

    /// <summary>The value at a row and column, both counted from zero.</summary>
    public object? this[long rowIndex, int columnIndex]
    {
        get => Columns[columnIndex][rowIndex];
        set => Columns[columnIndex][rowIndex] = value;
    }

    /// <summary>The column of this name; setting one renames it, and replaces the column of that name or adds one at the end.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public DataFrameColumn this[string columnName]
    {
        get => Columns[columnName];
        set => Columns[columnName] = value;
    }

    /// <inheritdoc cref="Filter(PrimitiveDataFrameColumn{bool})"/>
    public DataFrame this[PrimitiveDataFrameColumn<bool> filter] => Filter(filter);

    /// <inheritdoc cref="Filter(PrimitiveDataFrameColumn{int})"/>
    public DataFrame this[PrimitiveDataFrameColumn<int> rowIndices] => Filter(rowIndices);

    /// <inheritdoc cref="Filter(PrimitiveDataFrameColumn{long})"/>
    public DataFrame this[PrimitiveDataFrameColumn<long> rowIndices] => Filter(rowIndices);

    /// <inheritdoc cref="Filter(PrimitiveDataFrameColumn{bool})"/>
    public DataFrame this[IEnumerable<bool> filter] => Filter(new BooleanDataFrameColumn("Filter", filter));

    /// <inheritdoc cref="Filter(PrimitiveDataFrameColumn{int})"/>
    public DataFrame this[IEnumerable<int> rowIndices] => Filter(new Int32DataFrameColumn("Filter", rowIndices));

    /// <inheritdoc cref="Filter(PrimitiveDataFrameColumn{long})"/>
    public DataFrame this[IEnumerable<long> rowIndices] => Filter(new Int64DataFrameColumn("Filter", rowIndices));

    /// <summary>A new frame of the rows where <paramref name="filter"/> is true; null counts as false.</summary>
    /// <exception cref="ArgumentException">The filter's length is not the number of rows.</exception>
    public DataFrame Filter(PrimitiveDataFrameColumn<bool> filter) => Map(column => column.Clone(filter));

    /// <summary>A new frame of the given rows, in the given order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public DataFrame Filter(PrimitiveDataFrameColumn<int> rowIndices) => Map(column => column.Clone(rowIndices));

    /// <inheritdoc cref="Filter(PrimitiveDataFrameColumn{int})"/>
    public DataFrame Filter(PrimitiveDataFrameColumn<long> rowIndices) => Map(column => column.Clone(rowIndices));

    /// <summary>A new frame of the first rows, or of all when there are fewer.</summary>
    public DataFrame Head(int numberOfRows) => Slice(0, numberOfRows);

    /// <summary>A new frame of the last rows, or of all when there are fewer.</summary>
    public DataFrame Tail(int numberOfRows) => Slice(Math.Max(0, Rows.Count - numberOfRows), numberOfRows);

    /// <summary>A full copy.</summary>
    public DataFrame Clone() => Map(column => column.Clone());

    /// <summary>A new frame with its rows in the order of one column's values; equal values keep their order.</summary>
    /// <param name="columnName">The column to sort by.</param>
    /// <param name="ascending">Whether the smallest value comes first.</param>
    /// <param name="putNullValuesLast">Whether nulls come after all values, whatever the direction; before them otherwise.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public DataFrame OrderBy(string columnName, bool ascending = true, bool putNullValuesLast = true)
    {
        var order = Columns[columnName].GetSortIndices(ascending, putNullValuesLast);
        return Map(column => column.Gather(order));
    }

    /// <summary>A new frame with its rows in descending order of one column's values; equal values keep their order.</summary>
    /// <inheritdoc cref="OrderBy"/>
    public DataFrame OrderByDescending(string columnName, bool putNullValuesLast = true) =>
        OrderBy(columnName, ascending: false, putNullValuesLast);

    /// <summary>A frame that gives each column's type and its number of values that are not null.</summary>
    public DataFrame Info()
    {
        var info = new DataFrame();
        if (Columns.Count > 0)
            info.Columns.Add(new StringDataFrameColumn("Info", ["DataType", LengthRow]));
        foreach (var column in Columns)
            info.Columns.Add(column.Info());
        return info;
    }

    /// <summary>The table as aligned text: the first and the last rows when there are more than 25.</summary>
    public override string ToString() => ToString(RowsInText);

    /// <summary>The table as aligned text.</summary>
    /// <param name="rowsToShow">The most rows to show: when there are more, the first and the last ones.</param>
    public string ToString(long rowsToShow) => TextTable.Render(TablePreview.Of(this, rowsToShow));

    private DataFrame Slice(long start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var rows = new long[Math.Min(count, Rows.Count - start)];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = start + i;
        return Map(column => column.Gather(rows));
    }

    private DataFrame Map(Func<DataFrameColumn, DataFrameColumn> change) => new(Columns.Select(change));
}
