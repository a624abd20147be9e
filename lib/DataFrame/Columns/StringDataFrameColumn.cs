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

    /// <inheritdoc cref="DataFrameColumn.DropNulls"/>
    public new StringDataFrameColumn DropNulls() => (StringDataFrameColumn)base.DropNulls();

    /// <inheritdoc cref="DataFrameColumn.FillNulls"/>
    public StringDataFrameColumn FillNulls(string value, bool inPlace = false) => Changed(old => old ?? value, inPlace);

    /// <inheritdoc/>
    public override DataFrameColumn FillNulls(object value, bool inPlace = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FillNulls((string)ConvertValue(value, null)!, inPlace);
    }

    /// <summary>The values as a function changes them; it is not asked for nulls, which stay.</summary>
    /// <param name="func">What becomes of a value.</param>
    /// <param name="inPlace">Whether this column changes; otherwise a copy does.</param>
    public StringDataFrameColumn Apply(Func<string, string?> func, bool inPlace = false)
    {
        ArgumentNullException.ThrowIfNull(func);
        return Changed(value => value is null ? null : func(value), inPlace);
    }

    /// <inheritdoc/>
    public override GroupBy GroupBy(int columnIndex, DataFrame parent) => new GroupBy<string>(parent, columnIndex);

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

    internal override DataFrameColumn ConvertTo(Type type) => throw new NotSupportedException($"Column '{Name}' holds strings, not numbers.");

    internal override void Compute(Operation operation, object right, bool reverse) =>
        throw new NotSupportedException($"Column '{Name}' holds strings, not numbers.");

    private StringDataFrameColumn Changed(Func<string?, string?> change, bool inPlace)
    {
        var column = inPlace ? this : Clone();
        for (var row = 0; row < column._values.Count; row++)
            column._values[row] = change(column._values[row]);
        return column;
    }

    private string? Typed(object? value) => value is null or string
        ? (string?)value
        : throw new ArgumentException($"Column '{Name}' holds strings, not {value.GetType().Name}.", nameof(value));
}
