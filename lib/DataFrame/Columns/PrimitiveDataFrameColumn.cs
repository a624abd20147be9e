using System.Collections;

namespace Microsoft.Data.Analysis;

/// <summary>A column of numbers, truth values, characters or dates.</summary>
/// <typeparam name="T">The type of the values that are not null.</typeparam>
public partial class PrimitiveDataFrameColumn<T> : DataFrameColumn, IEnumerable<T?>
    where T : unmanaged
{
    private readonly List<T?> _values;
    private long _nullCount;

    /// <summary>A column of the given values.</summary>
    public PrimitiveDataFrameColumn(string name, IEnumerable<T?> values)
        : base(name, typeof(T))
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = [.. values];
        _nullCount = _values.LongCount(value => value is null);
    }

    /// <summary>A column of the given values.</summary>
    public PrimitiveDataFrameColumn(string name, IEnumerable<T> values)
        : this(name, values?.Select(value => (T?)value)!)
    {
    }

    /// <summary>A column of <paramref name="length"/> nulls.</summary>
    public PrimitiveDataFrameColumn(string name, long length = 0)
        : this(name, Enumerable.Repeat<T?>(null, checked((int)length)))
    {
    }

    /// <inheritdoc/>
    public override long Length => _values.Count;

    /// <inheritdoc/>
    public override long NullCount => _nullCount;

    /// <summary>The value at this row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public new T? this[long rowIndex]
    {
        get => _values[checked((int)rowIndex)];
        set
        {
            var row = checked((int)rowIndex);
            _nullCount += (value is null ? 1 : 0) - (_values[row] is null ? 1 : 0);
            _values[row] = value;
        }
    }

    /// <summary>Up to <paramref name="length"/> values from <paramref name="startIndex"/> on.</summary>
    public new IReadOnlyList<T?> this[long startIndex, int length] => [.. _values.Skip(checked((int)startIndex)).Take(length)];

    /// <summary>Appends one value.</summary>
    public void Append(T? value) => AppendMany(value, 1);

    /// <summary>Appends one value many times.</summary>
    public void AppendMany(T? value, long count)
    {
        _values.AddRange(Enumerable.Repeat(value, checked((int)count)));
        _nullCount += value is null ? count : 0;
    }

    /// <inheritdoc cref="DataFrameColumn.Clone(long)"/>
    public new PrimitiveDataFrameColumn<T> Clone(long numberOfNullsToAppend = 0) =>
        (PrimitiveDataFrameColumn<T>)base.Clone(numberOfNullsToAppend);

    /// <inheritdoc cref="DataFrameColumn.Clone(DataFrameColumn, bool, long)"/>
    public new PrimitiveDataFrameColumn<T> Clone(DataFrameColumn mapIndices, bool invertMapIndices = false, long numberOfNullsToAppend = 0) =>
        (PrimitiveDataFrameColumn<T>)base.Clone(mapIndices, invertMapIndices, numberOfNullsToAppend);

    /// <inheritdoc cref="DataFrameColumn.Sort"/>
    public new PrimitiveDataFrameColumn<T> Sort(bool ascending = true, bool putNullValuesLast = true) =>
        (PrimitiveDataFrameColumn<T>)base.Sort(ascending, putNullValuesLast);

    /// <inheritdoc/>
    public override bool IsNumericColumn() => Numbers<T>.Instance is not null;

    /// <summary>The values from the first to the last.</summary>
    public IEnumerator<T?> GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc/>
    protected override IEnumerator GetEnumeratorCore() => GetEnumerator();

    /// <summary>A new column of the same kind; a subclass returns its own.</summary>
    protected virtual PrimitiveDataFrameColumn<T> CreateNewColumn(string name, long length = 0) => new(name, length);

    /// <inheritdoc/>
    protected override object? GetValue(long rowIndex) => this[rowIndex];

    /// <inheritdoc/>
    protected override void SetValue(long rowIndex, object? value) => this[rowIndex] = Typed(value);

    internal override void AppendValue(object? value) => Append(Typed(value));

    internal override DataFrameColumn Gather(ReadOnlySpan<long> rows)
    {
        var column = CreateNewColumn(Name);
        column._values.Capacity = rows.Length;
        foreach (var row in rows)
            column.Append(row == Indices.Null ? null : this[row]);
        return column;
    }

    internal override long[] GetSortIndices(bool ascending, bool putNullValuesLast) =>
        Indices.Sorted(_values, row => _values[row] is null, Comparer<T?>.Default, ascending, putNullValuesLast);

    private T? Typed(object? value) => value switch
    {
        null => null,
        T typed => typed,
        _ => throw new ArgumentException($"Column '{Name}' holds {DataType.Name}, not {value.GetType().Name}.", nameof(value)),
    };
}
