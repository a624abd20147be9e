namespace Microsoft.Data.Analysis;

/// <summary>The part of a table that is shown: its first and last rows when it has too many.</summary>
/// <param name="Columns">The columns, with the cells of the shown rows.</param>
/// <param name="Rows">The numbers of the shown rows.</param>
/// <param name="GapAt">The position among the shown rows before which rows are left out; -1 when all are shown.</param>
/// <param name="RowCount">The number of rows of the table.</param>
internal sealed record TablePreview(IReadOnlyList<PreviewColumn> Columns, IReadOnlyList<long> Rows, int GapAt, long RowCount)
{
    /// <summary>The size of the table, when the shown rows do not tell it.</summary>
    internal string? Size => GapAt >= 0 || RowCount == 0 ? $"{RowCount} rows × {Columns.Count} columns" : null;

    internal static TablePreview Of(DataFrame frame, long maxRows) => Of(frame.Columns, frame.Rows.Count, maxRows);

    internal static TablePreview Of(DataFrameColumn column, long maxRows) => Of([column], column.Length, maxRows);

    private static TablePreview Of(IReadOnlyList<DataFrameColumn> columns, long rowCount, long maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxRows);
        var shown = (int)Math.Min(rowCount, maxRows);
        var head = shown < rowCount ? (shown + 1) / 2 : shown;
        var rows = Enumerable.Range(0, shown).Select(i => i < head ? i : rowCount - shown + i).ToList();
        var cells = columns.Select(column => PreviewColumn.Of(column, rows)).ToList();
        return new TablePreview(cells, rows, shown < rowCount ? head : -1, rowCount);
    }
}
