namespace Microsoft.Data.Analysis;

/// <summary>A column of 16-bit integers from 0 on.</summary>
public class UInt16DataFrameColumn : PrimitiveDataFrameColumn<ushort>
{
    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T?})"/>
    public UInt16DataFrameColumn(string name, IEnumerable<ushort?> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T})"/>
    public UInt16DataFrameColumn(string name, IEnumerable<ushort> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, long)"/>
    public UInt16DataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    /// <inheritdoc/>
    protected override PrimitiveDataFrameColumn<ushort> CreateNewColumn(string name, long length = 0) =>
        new UInt16DataFrameColumn(name, length);
}
