namespace Microsoft.Data.Analysis;

public abstract partial class DataFrameColumn
{
    /// <summary>The values, with <paramref name="value"/> for each null.</summary>
    /// <param name="value">What takes the nulls' places; it is converted to the column's type.</param>
    /// <param name="inPlace">Whether this column changes; otherwise a copy does.</param>
    /// <exception cref="FormatException">The value cannot be converted.</exception>
    public abstract DataFrameColumn FillNulls(object value, bool inPlace = false);

    /// <summary>A new column of the values that are not null.</summary>
    public DataFrameColumn DropNulls() => Clone(ElementwiseIsNotNull());

    /// <summary>Groups a frame's rows by the values of this column, which is one of the frame's.</summary>
    /// <param name="columnIndex">Where in the frame this column is.</param>
    /// <param name="parent">The frame.</param>
    public abstract GroupBy GroupBy(int columnIndex, DataFrame parent);
}
