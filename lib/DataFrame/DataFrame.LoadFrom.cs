namespace Microsoft.Data.Analysis;

public partial class DataFrame
{
    /// <summary>A frame of rows that are in memory.</summary>
    /// <param name="vals">The rows, each with a value a column; a value of another type is converted, and null stays null.</param>
    /// <param name="columnInfos">The columns' names and types.</param>
    /// <exception cref="ArgumentException">A row has more values than there are columns, or a type is none that a column can hold.</exception>
    /// <exception cref="FormatException">A value cannot be converted.</exception>
    public static DataFrame LoadFrom(IEnumerable<IList<object?>> vals, IList<(string, Type)> columnInfos)
    {
        ArgumentNullException.ThrowIfNull(vals);
        ArgumentNullException.ThrowIfNull(columnInfos);
        var frame = new DataFrame(columnInfos.Select(info => CsvTypes.NewColumn(info.Item2, info.Item1)));
        foreach (var row in vals)
            frame.Append(row, inPlace: true);
        return frame;
    }
}
