namespace Microsoft.Data.Analysis;

// null compares as in C#: equal only to null, and neither less nor greater than anything; NaN as IEEE 754 says
public abstract partial class DataFrameColumn
{
    /// <summary>Where the values equal those of the other column.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the types cannot be compared.</exception>
    public PrimitiveDataFrameColumn<bool> ElementwiseEquals(DataFrameColumn column) => Comparison.Of(this, Relation.Equal, column);

    /// <summary>Where the values equal <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentException">The types cannot be compared.</exception>
    public PrimitiveDataFrameColumn<bool> ElementwiseEquals<T>(T value) => Comparison.Of(this, Relation.Equal, value);

    /// <summary>Where the values differ from those of the other column.</summary>
    /// <inheritdoc cref="ElementwiseEquals(DataFrameColumn)"/>
    public PrimitiveDataFrameColumn<bool> ElementwiseNotEquals(DataFrameColumn column) => Comparison.Of(this, Relation.NotEqual, column);

    /// <summary>Where the values differ from <paramref name="value"/>.</summary>
    /// <inheritdoc cref="ElementwiseEquals{T}(T)"/>
    public PrimitiveDataFrameColumn<bool> ElementwiseNotEquals<T>(T value) => Comparison.Of(this, Relation.NotEqual, value);

    /// <summary>Where the values are greater than or equal to those of the other column.</summary>
    /// <inheritdoc cref="ElementwiseEquals(DataFrameColumn)"/>
    public PrimitiveDataFrameColumn<bool> ElementwiseGreaterThanOrEqual(DataFrameColumn column) =>
        Comparison.Of(this, Relation.GreaterOrEqual, column);

    /// <summary>Where the values are greater than or equal to <paramref name="value"/>.</summary>
    /// <inheritdoc cref="ElementwiseEquals{T}(T)"/>
    public PrimitiveDataFrameColumn<bool> ElementwiseGreaterThanOrEqual<T>(T value) =>
        Comparison.Of(this, Relation.GreaterOrEqual, value);

    /// <summary>Where the values are less than or equal to those of the other column.</summary>
    /// <inheritdoc cref="ElementwiseEquals(DataFrameColumn)"/>
    public PrimitiveDataFrameColumn<bool> ElementwiseLessThanOrEqual(DataFrameColumn column) =>
        Comparison.Of(this, Relation.LessOrEqual, column);

    /// <summary>Where the values are less than or equal to <paramref name="value"/>.</summary>
    /// <inheritdoc cref="ElementwiseEquals{T}(T)"/>
    public PrimitiveDataFrameColumn<bool> ElementwiseLessThanOrEqual<T>(T value) => Comparison.Of(this, Relation.LessOrEqual, value);

    /// <summary>Where the values are greater than those of the other column.</summary>
    /// <inheritdoc cref="ElementwiseEquals(DataFrameColumn)"/>
    public PrimitiveDataFrameColumn<bool> ElementwiseGreaterThan(DataFrameColumn column) => Comparison.Of(this, Relation.Greater, column);

    /// <summary>Where the values are greater than <paramref name="value"/>.</summary>
    /// <inheritdoc cref="ElementwiseEquals{T}(T)"/>
    public PrimitiveDataFrameColumn<bool> ElementwiseGreaterThan<T>(T value) => Comparison.Of(this, Relation.Greater, value);

    /// <summary>Where the values are less than those of the other column.</summary>
    /// <inheritdoc cref="ElementwiseEquals(DataFrameColumn)"/>
    public PrimitiveDataFrameColumn<bool> ElementwiseLessThan(DataFrameColumn column) => Comparison.Of(this, Relation.Less, column);

    /// <summary>Where the values are less than <paramref name="value"/>.</summary>
    /// <inheritdoc cref="ElementwiseEquals{T}(T)"/>
    public PrimitiveDataFrameColumn<bool> ElementwiseLessThan<T>(T value) => Comparison.Of(this, Relation.Less, value);

    /// <summary>Where the values are null.</summary>
    public PrimitiveDataFrameColumn<bool> ElementwiseIsNull() => Comparison.Of(this, Relation.Equal, null);

    /// <summary>Where the values are not null.</summary>
    public PrimitiveDataFrameColumn<bool> ElementwiseIsNotNull() => Comparison.Of(this, Relation.NotEqual, null);
}
