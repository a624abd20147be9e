namespace Microsoft.Data.Analysis;

/// <summary>A column of 8-bit integers.</summary>
public class SByteDataFrameColumn : PrimitiveDataFrameColumn<sbyte>
{
    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T?})"/>
    public SByteDataFrameColumn(string name, IEnumerable<sbyte?> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T})"/>
    public SByteDataFrameColumn(string name, IEnumerable<sbyte> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, long)"/>
    public SByteDataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    /// <inheritdoc/>
    protected override PrimitiveDataFrameColumn<sbyte> CreateNewColumn(string name, long length = 0) =>
        new SByteDataFrameColumn(name, length);
}
