namespace Microsoft.Data.Analysis;

/// <summary>The cells of one column that are shown, as text.</summary>
internal sealed record PreviewColumn(string Name, bool IsNumeric, string[] Cells)
{
    internal static PreviewColumn Of(DataFrameColumn column, IReadOnlyList<long> rows)
    {
        var values = rows.Select(row => column[row]).ToList();
        var numbers = NumberFormat.For(values);
        return new PreviewColumn(column.Name, column.IsNumericColumn(), [.. values.Select(value => Text(value, numbers))]);
    }

    private static string Text(object? value, string numbers) => value switch
    {
        null => "null",
        float or double or decimal or Half => ((IFormattable)value).ToString(numbers, null),
        DateTime date => date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss"),
        _ => value.ToString() ?? "",
    };
}
