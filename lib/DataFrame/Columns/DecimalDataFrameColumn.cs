namespace Microsoft.Data.Analysis;

/// <summary>A column of decimal numbers.</summary>
public class DecimalDataFrameColumn : PrimitiveDataFrameColumn<decimal>
{
    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T?})"/>
    public DecimalDataFrameColumn(string name, IEnumerable<decimal?> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T})"/>
    public DecimalDataFrameColumn(string name, IEnumerable<decimal> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, long)"/>
    public DecimalDataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    /// <inheritdoc/>
    protected override PrimitiveDataFrameColumn<decimal> CreateNewColumn(string name, long length = 0) =>
        new DecimalDataFrameColumn(name, length);
}
