namespace Microsoft.Data.Analysis;

public partial class DataFrame
{
    /// <summary>Each column and its own value.</summary>
    /// <param name="values">Numbers, one a column.</param>
    /// <param name="inPlace">Whether this frame's columns change; otherwise those of a new one.</param>
    /// <exception cref="ArgumentException">There are not as many values as columns, or a column cannot hold the result in place.</exception>
    /// <exception cref="NotSupportedException">There are values that are no numbers.</exception>
    /// <exception cref="DivideByZeroException">An integer is divided by zero.</exception>
    public DataFrame Add<T>(IReadOnlyList<T> values, bool inPlace = false)
        where T : unmanaged => Computed((column, i) => column.Add(values[i], inPlace), values, inPlace);

    /// <summary>Each column and <paramref name="value"/>.</summary>
    /// <param name="value">A number.</param>
    /// <param name="inPlace">Whether this frame's columns change; otherwise those of a new one.</param>
    /// <exception cref="ArgumentException">A column cannot hold the result in place.</exception>
    /// <exception cref="NotSupportedException">There are values that are no numbers.</exception>
    /// <exception cref="DivideByZeroException">An integer is divided by zero.</exception>
    public DataFrame Add<T>(T value, bool inPlace = false)
        where T : unmanaged => Computed((column, _) => column.Add(value, inPlace), inPlace);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public static DataFrame operator +(DataFrame frame, ValueType value) => NotNull(frame).Computed((column, _) => column + value, false);

    /// <inheritdoc cref="Add{T}(IReadOnlyList{T}, bool)"/>
    public DataFrame Subtract<T>(IReadOnlyList<T> values, bool inPlace = false)
        where T : unmanaged => Computed((column, i) => column.Subtract(values[i], inPlace), values, inPlace);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public DataFrame Subtract<T>(T value, bool inPlace = false)
        where T : unmanaged => Computed((column, _) => column.Subtract(value, inPlace), inPlace);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public static DataFrame operator -(DataFrame frame, ValueType value) => NotNull(frame).Computed((column, _) => column - value, false);

    /// <inheritdoc cref="Add{T}(IReadOnlyList{T}, bool)"/>
    public DataFrame Multiply<T>(IReadOnlyList<T> values, bool inPlace = false)
        where T : unmanaged => Computed((column, i) => column.Multiply(values[i], inPlace), values, inPlace);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public DataFrame Multiply<T>(T value, bool inPlace = false)
        where T : unmanaged => Computed((column, _) => column.Multiply(value, inPlace), inPlace);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public static DataFrame operator *(DataFrame frame, ValueType value) => NotNull(frame).Computed((column, _) => column * value, false);

    /// <inheritdoc cref="Add{T}(IReadOnlyList{T}, bool)"/>
    public DataFrame Divide<T>(IReadOnlyList<T> values, bool inPlace = false)
        where T : unmanaged => Computed((column, i) => column.Divide(values[i], inPlace), values, inPlace);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public DataFrame Divide<T>(T value, bool inPlace = false)
        where T : unmanaged => Computed((column, _) => column.Divide(value, inPlace), inPlace);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public static DataFrame operator /(DataFrame frame, ValueType value) => NotNull(frame).Computed((column, _) => column / value, false);

    /// <inheritdoc cref="Add{T}(IReadOnlyList{T}, bool)"/>
    public DataFrame Modulo<T>(IReadOnlyList<T> values, bool inPlace = false)
        where T : unmanaged => Computed((column, i) => column.Modulo(values[i], inPlace), values, inPlace);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public DataFrame Modulo<T>(T value, bool inPlace = false)
        where T : unmanaged => Computed((column, _) => column.Modulo(value, inPlace), inPlace);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public static DataFrame operator %(DataFrame frame, ValueType value) => NotNull(frame).Computed((column, _) => column % value, false);

    private static DataFrame NotNull(DataFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return frame;
    }

    private DataFrame Computed<T>(Func<DataFrameColumn, int, DataFrameColumn> compute, IReadOnlyList<T> values, bool inPlace)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count == Columns.Count
            ? Computed(compute, inPlace)
            : throw new ArgumentException($"There are {values.Count} values for {Columns.Count} columns.", nameof(values));
    }

    private DataFrame Computed(Func<DataFrameColumn, int, DataFrameColumn> compute, bool inPlace)
    {
        var columns = Columns.Select(compute).ToList();
        return inPlace ? this : new DataFrame(columns);
    }
}
