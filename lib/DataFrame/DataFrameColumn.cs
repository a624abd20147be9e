using System.Collections;
using System.Globalization;

namespace Microsoft.Data.Analysis;

/// <summary>A named sequence of values of one type, any of which may be null.</summary>
[TypeFormatterSource(typeof(DataFrameFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public abstract partial class DataFrameColumn : IEnumerable
{
    private protected DataFrameColumn(string name, Type type)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        DataType = type;
    }

    /// <summary>The column's name.</summary>
    public string Name { get; private set; }

    /// <summary>The type of the values that are not null.</summary>
    public Type DataType { get; }

    /// <summary>The number of values, nulls included.</summary>
    public abstract long Length { get; }

    /// <summary>The number of nulls.</summary>
    public abstract long NullCount { get; }

    /// <summary>The value at this row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="ArgumentException">A value that is set is not of <see cref="DataType"/>.</exception>
    public object? this[long rowIndex]
    {
        get => GetValue(rowIndex);
        set => SetValue(rowIndex, value);
    }

    /// <summary>Up to <paramref name="length"/> values from <paramref name="startIndex"/> on.</summary>
    public IReadOnlyList<object?> this[long startIndex, int length]
    {
        get
        {
            var values = new List<object?>();
            for (var i = startIndex; i < Math.Min(Length, startIndex + length); i++)
                values.Add(GetValue(i));
            return values;
        }
    }

    /// <summary>A column of numbers, truth values, characters or dates, with nulls.</summary>
    public static PrimitiveDataFrameColumn<T> Create<T>(string name, IEnumerable<T?> values)
        where T : unmanaged => new(name, values);

    /// <summary>A column of numbers, truth values, characters or dates.</summary>
    public static PrimitiveDataFrameColumn<T> Create<T>(string name, IEnumerable<T> values)
        where T : unmanaged => new(name, values);

    /// <summary>A column of strings.</summary>
    public static StringDataFrameColumn Create(string name, IEnumerable<string?> values) => new(name, values);

    /// <summary>Renames the column.</summary>
    public void SetName(string newName)
    {
        ArgumentNullException.ThrowIfNull(newName);
        Name = newName;
    }

    /// <summary>Whether the value at this row is not null.</summary>
    public virtual bool IsValid(long index) => GetValue(index) is not null;

    /// <summary>Whether the values are numbers.</summary>
    public virtual bool IsNumericColumn() => false;

    /// <summary>A copy, with nulls at its end when asked for.</summary>
    public DataFrameColumn Clone(long numberOfNullsToAppend = 0) => Gather(Indices.All(Length, numberOfNullsToAppend));

    /// <summary>A copy of chosen values.</summary>
    /// <param name="mapIndices">Row numbers (null gives null), or a column of truth values: then the rows where it is true.</param>
    /// <param name="invertMapIndices">Whether to take the row numbers from the last to the first.</param>
    /// <param name="numberOfNullsToAppend">How many nulls to put at the end.</param>
    /// <exception cref="ArgumentException">The map is neither of int, long nor bool, or a bool map is not as long as this column.</exception>
    public DataFrameColumn Clone(DataFrameColumn mapIndices, bool invertMapIndices = false, long numberOfNullsToAppend = 0) =>
        Gather(Indices.From(mapIndices, Length, invertMapIndices, numberOfNullsToAppend));

    /// <summary>A sorted copy; equal values keep their order.</summary>
    /// <inheritdoc cref="DataFrame.OrderBy"/>
    public DataFrameColumn Sort(bool ascending = true, bool putNullValuesLast = true) => Gather(GetSortIndices(ascending, putNullValuesLast));

    /// <summary>The column's type and its number of values that are not null.</summary>
    public virtual StringDataFrameColumn Info() => new(Name, [DataType.ToString(), $"{Length - NullCount}"]);

    /// <summary>The sum, in the column's own type; zero when there is no value.</summary>
    /// <exception cref="NotSupportedException">The values are not numbers.</exception>
    /// <exception cref="OverflowException">An integer sum is beyond its type.</exception>
    public virtual object Sum() => throw NotNumeric(nameof(Sum));

    /// <summary>The smallest value, or null when there is none; NaN when one value is.</summary>
    /// <exception cref="NotSupportedException">The values are not numbers.</exception>
    public virtual object? Min() => throw NotNumeric(nameof(Min));

    /// <summary>The largest value, or null when there is none; NaN when one value is.</summary>
    /// <exception cref="NotSupportedException">The values are not numbers.</exception>
    public virtual object? Max() => throw NotNumeric(nameof(Max));

    /// <summary>The mean of the values that are not null; zero for an empty column, NaN when all are null.</summary>
    /// <exception cref="NotSupportedException">The values are not numbers.</exception>
    public virtual double Mean() => throw NotNumeric(nameof(Mean));

    /// <summary>The column as aligned text.</summary>
    public override string ToString() => ToString(DataFrame.RowsInText);

    /// <summary>The column as aligned text.</summary>
    /// <param name="rowsToShow">The most rows to show: when there are more, the first and the last ones.</param>
    public string ToString(long rowsToShow) => TextTable.Render(TablePreview.Of(this, rowsToShow));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumeratorCore();

    /// <summary>The values from the first to the last.</summary>
    protected abstract IEnumerator GetEnumeratorCore();

    /// <summary>The value at this row.</summary>
    protected abstract object? GetValue(long rowIndex);

    /// <summary>Sets the value at this row.</summary>
    protected abstract void SetValue(long rowIndex, object? value);

    /// <summary>The row numbers in the order of the values.</summary>
    internal abstract long[] GetSortIndices(bool ascending, bool putNullValuesLast);

    /// <summary>A column of this kind with the values of the given rows, null for <see cref="Indices.Null"/>.</summary>
    internal abstract DataFrameColumn Gather(ReadOnlySpan<long> rows);

    internal abstract void AppendValue(object? value);

    /// <summary>The value as one of <see cref="DataType"/>.</summary>
    /// <exception cref="FormatException">It cannot be converted.</exception>
    internal object? ConvertValue(object? value, CultureInfo? culture)
    {
        try
        {
            return value is null || value.GetType() == DataType ? value : Convert.ChangeType(value, DataType, culture ?? CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            throw new FormatException($"Column '{Name}': '{value}' is not a {DataType.Name}.", e);
        }
    }

    private NotSupportedException NotNumeric(string operation) =>
        new($"{operation} needs numbers; column '{Name}' holds {DataType.Name}.");
}
