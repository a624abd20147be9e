using System.Collections;

namespace Microsoft.Data.Analysis;

/// <summary>The groups of a frame's rows by a column whose type is known.</summary>
/// <typeparam name="TKey">The type of the column's values.</typeparam>
public class GroupBy<TKey> : GroupBy
{
    private readonly DataFrame _frame;
    private readonly DataFrameColumn _key;
    private readonly IReadOnlyList<List<long>> _groups;

    internal GroupBy(DataFrame frame, int columnIndex)
    {
        _frame = frame;
        _key = frame.Columns[columnIndex];
        _groups = GroupedRows.Of(_key);
    }

    /// <summary>The groups: their value and their rows.</summary>
    public IEnumerable<IGrouping<TKey, DataFrameRow>> Groupings =>
        _groups.Select(rows => new Grouping((TKey)_key[rows[0]]!, rows.Select(row => _frame.Rows[row])));

    /// <inheritdoc/>
    public override DataFrame Count(params string[] columnNames) => Reduced(
        columnNames, Others, column => new Int64DataFrameColumn(column.Name, _groups.Select(rows => rows.LongCount(column.IsValid))));

    /// <inheritdoc/>
    public override DataFrame First(params string[] columnNames) =>
        Reduced(columnNames, Others, column => column.Gather([.. _groups.Select(rows => rows[0])]));

    /// <inheritdoc/>
    public override DataFrame Head(int numberOfRows) => Chosen(rows => rows.Take(numberOfRows));

    /// <inheritdoc/>
    public override DataFrame Tail(int numberOfRows) => Chosen(rows => rows.TakeLast(numberOfRows));

    /// <inheritdoc/>
    public override DataFrame Max(params string[] columnNames) => Reduced(columnNames, part => part.Max());

    /// <inheritdoc/>
    public override DataFrame Min(params string[] columnNames) => Reduced(columnNames, part => part.Min());

    /// <inheritdoc/>
    public override DataFrame Product(params string[] columnNames) => Reduced(columnNames, part => part.Product());

    /// <inheritdoc/>
    public override DataFrame Sum(params string[] columnNames) => Reduced(columnNames, part => part.Sum());

    /// <inheritdoc/>
    public override DataFrame Mean(params string[] columnNames) =>
        Reduced(columnNames, Numbers, column => new DoubleDataFrameColumn(column.Name, Parts(column).Select(MeanOf)));

    private IEnumerable<DataFrameColumn> Others => _frame.Columns.Where(column => column != _key);

    private IEnumerable<DataFrameColumn> Numbers => Others.Where(column => column.IsNumericColumn());

    private DataFrame Reduced(string[] names, Func<DataFrameColumn, object?> reduce) => Reduced(names, Numbers, column =>
    {
        var reduced = column.Gather([]);
        foreach (var part in Parts(column))
            reduced.AppendValue(reduce(part));
        return reduced;
    });

    private DataFrame Reduced(string[] names, IEnumerable<DataFrameColumn> unnamed, Func<DataFrameColumn, DataFrameColumn> reduce)
    {
        ArgumentNullException.ThrowIfNull(names);
        var columns = names.Length == 0 ? unnamed : names.Select(name => _frame.Columns[name]).Where(column => column != _key);
        return new DataFrame(columns.Select(reduce).Prepend(_key.Gather([.. _groups.Select(rows => rows[0])])));
    }

    private DataFrame Chosen(Func<List<long>, IEnumerable<long>> choose)
    {
        long[] rows = [.. _groups.SelectMany(choose)];
        return new DataFrame(Others.Prepend(_key).Select(column => column.Gather(rows)));
    }

    private IEnumerable<DataFrameColumn> Parts(DataFrameColumn column) => _groups.Select(rows => column.Gather([.. rows]));

    // the column is asked even where there is nothing to average: one without numbers is refused
    private static double? MeanOf(DataFrameColumn part)
    {
        var mean = part.Mean();
        return part.NullCount < part.Length ? mean : null;
    }

    private sealed class Grouping(TKey key, IEnumerable<DataFrameRow> rows) : IGrouping<TKey, DataFrameRow>
    {
        public TKey Key => key;

        public IEnumerator<DataFrameRow> GetEnumerator() => rows.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
