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

    /// <inheritdoc/>
    public override bool All() => this.All(value => value == true);

    /// <inheritdoc/>
    public override bool Any() => this.Any(value => value == true);

    /// <inheritdoc cref="DataFrameColumn.And(DataFrameColumn, bool)"/>
    public BooleanDataFrameColumn And(BooleanDataFrameColumn column, bool inPlace = false) =>
        (BooleanDataFrameColumn)base.And(column, inPlace);

    /// <inheritdoc cref="DataFrameColumn.Or(DataFrameColumn, bool)"/>
    public BooleanDataFrameColumn Or(BooleanDataFrameColumn column, bool inPlace = false) =>
        (BooleanDataFrameColumn)base.Or(column, inPlace);

    /// <inheritdoc cref="DataFrameColumn.Xor(DataFrameColumn, bool)"/>
    public BooleanDataFrameColumn Xor(BooleanDataFrameColumn column, bool inPlace = false) =>
        (BooleanDataFrameColumn)base.Xor(column, inPlace);

    /// <inheritdoc/>
    protected override PrimitiveDataFrameColumn<bool> CreateNewColumn(string name, long length = 0) =>
        new BooleanDataFrameColumn(name, length);
}
