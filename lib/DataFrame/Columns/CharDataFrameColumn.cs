namespace Microsoft.Data.Analysis;

/// <summary>A column of characters.</summary>
public class CharDataFrameColumn : PrimitiveDataFrameColumn<char>
{
    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T?})"/>
    public CharDataFrameColumn(string name, IEnumerable<char?> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T})"/>
    public CharDataFrameColumn(string name, IEnumerable<char> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, long)"/>
    public CharDataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    /// <inheritdoc/>
    protected override PrimitiveDataFrameColumn<char> CreateNewColumn(string name, long length = 0) =>
        new CharDataFrameColumn(name, length);
}
