using System.Globalization;
using DeepLearning.Display;
using Microsoft.Data.Analysis;

namespace DeepLearning.Tables;

/// <summary>The displayed part of a table: the first and the last rows of a long table.</summary>
/// <param name="Columns">The columns with the displayed cells.</param>
/// <param name="Rows">The indices of the displayed rows.</param>
/// <param name="GapAt">The position in the displayed rows before which rows are omitted; -1 if all rows are displayed.</param>
/// <param name="RowCount">The number of rows of the table.</param>
internal sealed record TablePreview(IReadOnlyList<PreviewColumn> Columns, IReadOnlyList<long> Rows, int GapAt, long RowCount)
{
    /// <summary>Gets the size of the table as text; null if all rows are displayed.</summary>
    public string? Size => GapAt >= 0 || RowCount == 0 ? $"{Quantity.Text(RowCount, "row")} × {Quantity.Text(Columns.Count, "column")}" : null;

    public static TablePreview Of(DataFrame frame, long maxRows) => Of(frame.Columns, frame.Rows.Count, maxRows);

    public static TablePreview Of(DataFrameColumn column, long maxRows) => Of([column], column.Length, maxRows);

    private static TablePreview Of(IReadOnlyList<DataFrameColumn> columns, long rowCount, long maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxRows);
        var shown = (int)Math.Min(rowCount, maxRows);
        var head = shown < rowCount ? (shown + 1) / 2 : shown;
        var rows = Enumerable.Range(0, shown).Select(i => i < head ? i : rowCount - shown + i).ToList();
        return new TablePreview([.. columns.Select(column => PreviewColumn.Of(column, rows))], rows, shown < rowCount ? head : -1, rowCount);
    }
}

/// <summary>The displayed cells of a column, as text.</summary>
internal sealed record PreviewColumn(string Name, bool IsNumeric, string[] Cells)
{
    private static readonly HashSet<Type> _numbers =
    [
        typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(float),
        typeof(double), typeof(decimal),
    ];

    public static bool IsNumber(Type type) => _numbers.Contains(type);

    public static PreviewColumn Of(DataFrameColumn column, IReadOnlyList<long> rows)
    {
        var values = rows.Select(row => column[row]).ToList();
        var format = NumberFormat.For(values);
        return new PreviewColumn(column.Name, IsNumber(column.DataType), [.. values.Select(value => Text(value, format))]);
    }

    private static string Text(object? value, string format) => value switch
    {
        null => "null",
        float or double or decimal => ((IFormattable)value).ToString(format, CultureInfo.InvariantCulture),
        DateTime date => date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
