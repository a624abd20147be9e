namespace Microsoft.Data.Analysis;

/// <summary>A column of truth values.</summary>
public class BooleanDataFrameColumn : PrimitiveDataFrameColumn<bool>
{
    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T?})"/>
    public BooleanDataFrameColumn(string name, IEnumerable<bool?> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T})"/>
    public BooleanDataFrameColumn(string name, IEnumerable<bool> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, long)"/>
    public BooleanDataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    /// <summary>Whether no value is false or null.</summary>
    public bool All() => this.All(value => value == true);

    /// <summary>Whether any value is true.</summary>
    public bool Any() => this.Any(value => value == true);

    /// <inheritdoc/>
    protected override PrimitiveDataFrameColumn<bool> CreateNewColumn(string name, long length = 0) =>
        new BooleanDataFrameColumn(name, length);
}
