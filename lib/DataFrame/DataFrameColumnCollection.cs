using System.Collections.ObjectModel;

namespace Microsoft.Data.Analysis;

/// <summary>The columns of a <see cref="DataFrame"/>: of one length, with names that differ.</summary>
public class DataFrameColumnCollection : Collection<DataFrameColumn>
{
    internal DataFrameColumnCollection(IEnumerable<DataFrameColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        foreach (var column in columns)
            Add(column);
    }

    internal long RowCount => Count == 0 ? 0 : this[0].Length;

    /// <summary>The column of this name; setting one renames it, and replaces the column of that name or adds one at the end.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public DataFrameColumn this[string columnName]
    {
        get => IndexOf(columnName) is >= 0 and var index
            ? this[index]
            : throw new ArgumentException(
                $"There is no column '{columnName}'; the columns are {string.Join(", ", this.Select(column => $"'{column.Name}'"))}.",
                nameof(columnName));
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            var index = IndexOf(columnName);
            value.SetName(columnName);
            if (index >= 0)
                this[index] = value;
            else
                Add(value);
        }
    }

    /// <summary>The position of the column of this name, or -1.</summary>
    public int IndexOf(string columnName)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i].Name == columnName)
                return i;
        }

        return -1;
    }

    /// <summary>Renames a column of this collection.</summary>
    /// <exception cref="ArgumentException">Another column has that name.</exception>
    public void SetColumnName(DataFrameColumn column, string newName)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (IndexOf(newName) is >= 0 and var index && this[index] != column)
            throw new ArgumentException($"There is a column '{newName}' already.", nameof(newName));
        column.SetName(newName);
    }

    /// <summary>Renames a column of this collection.</summary>
    /// <exception cref="ArgumentException">There is no such column, or another column has the new name.</exception>
    public void RenameColumn(string currentName, string newName) => SetColumnName(this[currentName], newName);

    /// <summary>Inserts a new column of the given values.</summary>
    public void Insert<T>(int columnIndex, IEnumerable<T> column, string columnName)
        where T : unmanaged => Insert(columnIndex, new PrimitiveDataFrameColumn<T>(columnName, column));

    /// <summary>Removes the column of this name, if there is one.</summary>
    public void Remove(string columnName)
    {
        if (IndexOf(columnName) is >= 0 and var index)
            RemoveAt(index);
    }

    /// <summary>The column of this name, whose values are of type <typeparamref name="T"/>.</summary>
    /// <exception cref="ArgumentException">There is no such column, or its type is another.</exception>
    public PrimitiveDataFrameColumn<T> GetPrimitiveColumn<T>(string name)
        where T : unmanaged => Typed<PrimitiveDataFrameColumn<T>>(name);

    /// <inheritdoc cref="GetPrimitiveColumn"/>
    public StringDataFrameColumn GetStringColumn(string name) => Typed<StringDataFrameColumn>(name);

    /// <inheritdoc cref="GetPrimitiveColumn"/>
    public BooleanDataFrameColumn GetBooleanColumn(string name) => Typed<BooleanDataFrameColumn>(name);

    /// <inheritdoc cref="GetPrimitiveColumn"/>
    public DoubleDataFrameColumn GetDoubleColumn(string name) => Typed<DoubleDataFrameColumn>(name);

    /// <inheritdoc cref="GetPrimitiveColumn"/>
    public SingleDataFrameColumn GetSingleColumn(string name) => Typed<SingleDataFrameColumn>(name);

    /// <inheritdoc cref="GetPrimitiveColumn"/>
    public Int32DataFrameColumn GetInt32Column(string name) => Typed<Int32DataFrameColumn>(name);

    /// <inheritdoc cref="GetPrimitiveColumn"/>
    public Int64DataFrameColumn GetInt64Column(string name) => Typed<Int64DataFrameColumn>(name);

    /// <inheritdoc cref="GetPrimitiveColumn"/>
    public DateTimeDataFrameColumn GetDateTimeColumn(string name) => Typed<DateTimeDataFrameColumn>(name);

    /// <inheritdoc cref="GetPrimitiveColumn"/>
    public ByteDataFrameColumn GetByteColumn(string name) => Typed<ByteDataFrameColumn>(name);

    /// <inheritdoc cref="GetPrimitiveColumn"/>
    public CharDataFrameColumn GetCharColumn(string name) => Typed<CharDataFrameColumn>(name);

    /// <inheritdoc cref="GetPrimitiveColumn"/>
    public DecimalDataFrameColumn GetDecimalColumn(string name) => Typed<DecimalDataFrameColumn>(name);

    /// <inheritdoc cref="GetPrimitiveColumn"/>
    public SByteDataFrameColumn GetSByteColumn(string name) => Typed<SByteDataFrameColumn>(name);

    /// <inheritdoc cref="GetPrimitiveColumn"/>
    public Int16DataFrameColumn GetInt16Column(string name) => Typed<Int16DataFrameColumn>(name);

    /// <inheritdoc cref="GetPrimitiveColumn"/>
    public UInt16DataFrameColumn GetUInt16Column(string name) => Typed<UInt16DataFrameColumn>(name);

    /// <inheritdoc cref="GetPrimitiveColumn"/>
    public UInt32DataFrameColumn GetUInt32Column(string name) => Typed<UInt32DataFrameColumn>(name);

    /// <inheritdoc cref="GetPrimitiveColumn"/>
    public UInt64DataFrameColumn GetUInt64Column(string name) => Typed<UInt64DataFrameColumn>(name);

    /// <inheritdoc/>
    protected override void InsertItem(int index, DataFrameColumn item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (Count > 0)
            RequireLength(item);
        RequireFreeName(item, -1);
        base.InsertItem(index, item);
    }

    /// <inheritdoc/>
    protected override void SetItem(int index, DataFrameColumn item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (Count > 1)
            RequireLength(item);
        RequireFreeName(item, index);
        base.SetItem(index, item);
    }

    private void RequireLength(DataFrameColumn column)
    {
        if (column.Length != RowCount)
            throw new ArgumentException($"Column '{column.Name}' has {column.Length} rows, the frame {RowCount}.", nameof(column));
    }

    private void RequireFreeName(DataFrameColumn column, int except)
    {
        if (IndexOf(column.Name) is >= 0 and var index && index != except)
            throw new ArgumentException($"There is a column '{column.Name}' already.", nameof(column));
    }

    private TColumn Typed<TColumn>(string name)
        where TColumn : DataFrameColumn
    {
        var column = this[name];
        return column as TColumn ?? throw new ArgumentException(
            $"Column '{name}' is a {column.GetType().Name} of {column.DataType.Name}, not the {typeof(TColumn).Name} asked for.",
            nameof(name));
    }
}
