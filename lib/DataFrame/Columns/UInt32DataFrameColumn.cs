namespace Microsoft.Data.Analysis;

/// <summary>A column of 32-bit integers from 0 on.</summary>
public class UInt32DataFrameColumn : PrimitiveDataFrameColumn<uint>
{
    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T?})"/>
    public UInt32DataFrameColumn(string name, IEnumerable<uint?> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T})"/>
    public UInt32DataFrameColumn(string name, IEnumerable<uint> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, long)"/>
    public UInt32DataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    /// <inheritdoc/>
    protected override PrimitiveDataFrameColumn<uint> CreateNewColumn(string name, long length = 0) =>
        new UInt32DataFrameColumn(name, length);
}
