using System.Globalization;

namespace Microsoft.Data.Analysis;

public partial class DataFrame
{
    /// <summary>Appends one row, its values in the order of the columns; columns beyond the last value get null.</summary>
    /// <remarks>A value of another type is converted; text that is empty (in a column of another type) or "null" becomes null.</remarks>
    /// <param name="row">The values; null appends a row of nulls.</param>
    /// <param name="inPlace">Whether this frame gets the row; otherwise a copy does.</param>
    /// <param name="cultureInfo">How text is read as numbers and dates; the invariant culture when null.</param>
    /// <returns>The frame that got the row.</returns>
    /// <exception cref="ArgumentException">There are more values than columns.</exception>
    /// <exception cref="FormatException">A value cannot be converted; nothing was appended.</exception>
    public DataFrame Append(IEnumerable<object?>? row = null, bool inPlace = false, CultureInfo? cultureInfo = null)
    {
        var values = row?.ToList() ?? [];
        if (values.Count > Columns.Count)
            throw new ArgumentException($"The row has {values.Count} values, the frame {Columns.Count} columns.", nameof(row));

        var converted = values.Select((value, i) => Columns[i].ConvertValue(NullWhenBlank(value, Columns[i]), cultureInfo)).ToList();
        return AppendConverted(i => i < converted.Count ? converted[i] : null, inPlace);
    }

    /// <summary>Appends one row given by column names; columns that are not named get null.</summary>
    /// <param name="row">Column names and values.</param>
    /// <param name="inPlace">Whether this frame gets the row; otherwise a copy does.</param>
    /// <param name="cultureInfo">How text is read as numbers and dates; the invariant culture when null.</param>
    /// <returns>The frame that got the row.</returns>
    /// <exception cref="ArgumentException">There is no column of a given name, or a name occurs twice.</exception>
    /// <exception cref="FormatException">A value cannot be converted; nothing was appended.</exception>
    public DataFrame Append(IEnumerable<KeyValuePair<string, object?>> row, bool inPlace = false, CultureInfo? cultureInfo = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        var values = new Dictionary<string, object?>();
        foreach (var (name, value) in row)
        {
            if (!values.TryAdd(name, Columns[name].ConvertValue(value, cultureInfo)))
                throw new ArgumentException($"The row names column '{name}' twice.", nameof(row));
        }

        return AppendConverted(i => values.GetValueOrDefault(Columns[i].Name), inPlace);
    }

    /// <summary>Appends rows of this or another frame by the names of their columns; a null row appends nulls.</summary>
    /// <inheritdoc cref="Append(IEnumerable{KeyValuePair{string, object}}, bool, CultureInfo)"/>
    public DataFrame Append(IEnumerable<DataFrameRow?> rows, bool inPlace = false, CultureInfo? cultureInfo = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var frame = inPlace ? this : Clone();
        // a frame may be appended to itself: its rows are taken before it grows
        foreach (var row in rows.ToList())
            frame.Append(row?.GetValues() ?? [], inPlace: true, cultureInfo);
        return frame;
    }

    private DataFrame AppendConverted(Func<int, object?> valueOf, bool inPlace)
    {
        var frame = inPlace ? this : Clone();
        for (var i = 0; i < frame.Columns.Count; i++)
            frame.Columns[i].AppendValue(valueOf(i));
        return frame;
    }

    private static object? NullWhenBlank(object? value, DataFrameColumn column) => value switch
    {
        string { Length: 0 } when column.DataType != typeof(string) => null,
        string text when text.Equals("null", StringComparison.OrdinalIgnoreCase) => null,
        _ => value,
    };
}
