namespace Microsoft.Data.Analysis;

public partial class DataFrame
{
    /// <summary>Groups the rows by the values of a column; rows where it is null belong to no group.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public GroupBy GroupBy(string columnName)
    {
        var column = Columns[columnName];
        return column.GroupBy(Columns.IndexOf(columnName), this);
    }

    /// <summary>Groups the rows by the values of a column, whose type is known.</summary>
    /// <typeparam name="TKey">The type of the column's values.</typeparam>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="InvalidCastException">Its values are of another type.</exception>
    public GroupBy<TKey> GroupBy<TKey>(string columnName) => GroupBy(columnName) as GroupBy<TKey>
        ?? throw new InvalidCastException($"Column '{columnName}' holds {Columns[columnName].DataType.Name}, not {typeof(TKey).Name}.");
}
