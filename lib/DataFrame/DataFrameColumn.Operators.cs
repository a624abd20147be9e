namespace Microsoft.Data.Analysis;

// a number of any type is a ValueType that keeps its type, which the result depends on
public abstract partial class DataFrameColumn
{
    /// <inheritdoc cref="Add(DataFrameColumn, bool)"/>
    public static DataFrameColumn operator +(DataFrameColumn left, DataFrameColumn right) => NotNull(left).Add(right);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public static DataFrameColumn operator +(DataFrameColumn column, ValueType value) => NotNull(column).Add(value);

    /// <inheritdoc cref="ReverseAdd{T}(T, bool)"/>
    public static DataFrameColumn operator +(ValueType value, DataFrameColumn column) => NotNull(column).ReverseAdd(value);

    /// <inheritdoc cref="Subtract(DataFrameColumn, bool)"/>
    public static DataFrameColumn operator -(DataFrameColumn left, DataFrameColumn right) => NotNull(left).Subtract(right);

    /// <inheritdoc cref="Subtract{T}(T, bool)"/>
    public static DataFrameColumn operator -(DataFrameColumn column, ValueType value) => NotNull(column).Subtract(value);

    /// <inheritdoc cref="ReverseSubtract{T}(T, bool)"/>
    public static DataFrameColumn operator -(ValueType value, DataFrameColumn column) => NotNull(column).ReverseSubtract(value);

    /// <inheritdoc cref="Multiply(DataFrameColumn, bool)"/>
    public static DataFrameColumn operator *(DataFrameColumn left, DataFrameColumn right) => NotNull(left).Multiply(right);

    /// <inheritdoc cref="Multiply{T}(T, bool)"/>
    public static DataFrameColumn operator *(DataFrameColumn column, ValueType value) => NotNull(column).Multiply(value);

    /// <inheritdoc cref="ReverseMultiply{T}(T, bool)"/>
    public static DataFrameColumn operator *(ValueType value, DataFrameColumn column) => NotNull(column).ReverseMultiply(value);

    /// <inheritdoc cref="Divide(DataFrameColumn, bool)"/>
    public static DataFrameColumn operator /(DataFrameColumn left, DataFrameColumn right) => NotNull(left).Divide(right);

    /// <inheritdoc cref="Divide{T}(T, bool)"/>
    public static DataFrameColumn operator /(DataFrameColumn column, ValueType value) => NotNull(column).Divide(value);

    /// <inheritdoc cref="ReverseDivide{T}(T, bool)"/>
    public static DataFrameColumn operator /(ValueType value, DataFrameColumn column) => NotNull(column).ReverseDivide(value);

    /// <inheritdoc cref="Modulo(DataFrameColumn, bool)"/>
    public static DataFrameColumn operator %(DataFrameColumn left, DataFrameColumn right) => NotNull(left).Modulo(right);

    /// <inheritdoc cref="Modulo{T}(T, bool)"/>
    public static DataFrameColumn operator %(DataFrameColumn column, ValueType value) => NotNull(column).Modulo(value);

    /// <inheritdoc cref="ReverseModulo{T}(T, bool)"/>
    public static DataFrameColumn operator %(ValueType value, DataFrameColumn column) => NotNull(column).ReverseModulo(value);

    private static DataFrameColumn NotNull(DataFrameColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column;
    }
}
