using System.Collections;

namespace Microsoft.Data.Analysis;

/// <summary>A column of strings. They sort by code unit, whatever the culture.</summary>
public class StringDataFrameColumn : DataFrameColumn, IEnumerable<string?>
{
    private readonly List<string?> _values;

    /// <summary>A column of <paramref name="length"/> nulls.</summary>
    public StringDataFrameColumn(string name, long length = 0)
        : this(name, Enumerable.Repeat<string?>(null, checked((int)length)))
    {
    }

    /// <summary>A column of the given values.</summary>
    public StringDataFrameColumn(string name, IEnumerable<string?> values)
        : base(name, typeof(string))
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = [.. values];
    }

    /// <inheritdoc/>
    public override long Length => _values.Count;

    /// <inheritdoc/>
    public override long NullCount => _values.LongCount(value => value is null);

    /// <summary>The value at this row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public new string? this[long rowIndex]
    {
        get => _values[checked((int)rowIndex)];
        set => _values[checked((int)rowIndex)] = value;
    }

    /// <summary>Up to <paramref name="length"/> values from <paramref name="startIndex"/> on.</summary>
    public new IReadOnlyList<string?> this[long startIndex, int length] => [.. _values.Skip(checked((int)startIndex)).Take(length)];

    /// <summary>Appends one value.</summary>
    public void Append(string? value) => _values.Add(value);

    /// <inheritdoc cref="DataFrameColumn.Clone(long)"/>
    public new StringDataFrameColumn Clone(long numberOfNullsToAppend = 0) => (StringDataFrameColumn)base.Clone(numberOfNullsToAppend);

    /// <inheritdoc cref="DataFrameColumn.Clone(DataFrameColumn, bool, long)"/>
    public new StringDataFrameColumn Clone(DataFrameColumn mapIndices, bool invertMapIndices = false, long numberOfNullsToAppend = 0) =>
        (StringDataFrameColumn)base.Clone(mapIndices, invertMapIndices, numberOfNullsToAppend);

    /// <inheritdoc cref="DataFrameColumn.Sort"/>
    public new StringDataFrameColumn Sort(bool ascending = true, bool putNullValuesLast = true) =>
        (StringDataFrameColumn)base.Sort(ascending, putNullValuesLast);

    /// <summary>The values from the first to the last.</summary>
    public IEnumerator<string?> GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc/>
    protected override IEnumerator GetEnumeratorCore() => GetEnumerator();

    /// <inheritdoc/>
    protected override object? GetValue(long rowIndex) => this[rowIndex];

    /// <inheritdoc/>
    protected override void SetValue(long rowIndex, object? value) => this[rowIndex] = Typed(value);

    internal override void AppendValue(object? value) => Append(Typed(value));

    internal override DataFrameColumn Gather(ReadOnlySpan<long> rows)
    {
        var column = new StringDataFrameColumn(Name);
        column._values.Capacity = rows.Length;
        foreach (var row in rows)
            column.Append(row == Indices.Null ? null : this[row]);
        return column;
    }

    internal override long[] GetSortIndices(bool ascending, bool putNullValuesLast) =>
        Indices.Sorted(_values, row => _values[row] is null, StringComparer.Ordinal, ascending, putNullValuesLast);

    private string? Typed(object? value) => value is null or string
        ? (string?)value
        : throw new ArgumentException($"Column '{Name}' holds strings, not {value.GetType().Name}.", nameof(value));
}
