namespace Microsoft.Data.Analysis;

public partial class DataFrame
{
    /// <summary>A new frame without the rows that have a null, or that have nothing else.</summary>
    public DataFrame DropNulls(DropNullOptions options = DropNullOptions.Any) => Filter(new BooleanDataFrameColumn(
        "Filter",
        Rows.Select(row => options == DropNullOptions.Any ? row.All(value => value is not null) : row.Any(value => value is not null))));

    /// <summary>The frame with <paramref name="value"/> for each null.</summary>
    /// <param name="value">What takes the nulls' places; it is converted to each column's type.</param>
    /// <param name="inPlace">Whether this frame changes; otherwise a copy does.</param>
    /// <exception cref="FormatException">The value cannot be converted to a column's type.</exception>
    public DataFrame FillNulls(object value, bool inPlace = false) => FillNulls(_ => value, inPlace);

    /// <summary>The frame with a value of its own for each column's nulls.</summary>
    /// <param name="values">What takes the nulls' places, one a column.</param>
    /// <param name="inPlace">Whether this frame changes; otherwise a copy does.</param>
    /// <exception cref="ArgumentException">There are not as many values as columns.</exception>
    /// <exception cref="FormatException">A value cannot be converted to its column's type.</exception>
    public DataFrame FillNulls(IList<object> values, bool inPlace = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != Columns.Count)
            throw new ArgumentException($"There are {values.Count} values for {Columns.Count} columns.", nameof(values));
        return FillNulls(i => values[i], inPlace);
    }

    private DataFrame FillNulls(Func<int, object> valueOf, bool inPlace)
    {
        var frame = inPlace ? this : Clone();
        for (var i = 0; i < frame.Columns.Count; i++)
        {
            if (frame.Columns[i].NullCount > 0)
                frame.Columns[i].FillNulls(valueOf(i), inPlace: true);
        }

        return frame;
    }
}
