namespace Microsoft.Data.Analysis;

/// <summary>A column of 8-bit integers from 0 to 255.</summary>
public class ByteDataFrameColumn : PrimitiveDataFrameColumn<byte>
{
    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T?})"/>
    public ByteDataFrameColumn(string name, IEnumerable<byte?> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T})"/>
    public ByteDataFrameColumn(string name, IEnumerable<byte> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, long)"/>
    public ByteDataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    /// <inheritdoc/>
    protected override PrimitiveDataFrameColumn<byte> CreateNewColumn(string name, long length = 0) =>
        new ByteDataFrameColumn(name, length);
}
