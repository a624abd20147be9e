namespace Microsoft.Data.Analysis;

/// <summary>A column of 16-bit integers.</summary>
public class Int16DataFrameColumn : PrimitiveDataFrameColumn<short>
{
    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T?})"/>
    public Int16DataFrameColumn(string name, IEnumerable<short?> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T})"/>
    public Int16DataFrameColumn(string name, IEnumerable<short> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, long)"/>
    public Int16DataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    /// <inheritdoc/>
    protected override PrimitiveDataFrameColumn<short> CreateNewColumn(string name, long length = 0) =>
        new Int16DataFrameColumn(name, length);
}
