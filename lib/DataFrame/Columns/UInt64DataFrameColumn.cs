namespace Microsoft.Data.Analysis;

/// <summary>A column of 64-bit integers from 0 on.</summary>
public class UInt64DataFrameColumn : PrimitiveDataFrameColumn<ulong>
{
    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T?})"/>
    public UInt64DataFrameColumn(string name, IEnumerable<ulong?> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T})"/>
    public UInt64DataFrameColumn(string name, IEnumerable<ulong> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, long)"/>
    public UInt64DataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    /// <inheritdoc/>
    protected override PrimitiveDataFrameColumn<ulong> CreateNewColumn(string name, long length = 0) =>
        new UInt64DataFrameColumn(name, length);
}
