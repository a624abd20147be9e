using System.Text;

namespace Microsoft.Data.Analysis;

/// <summary>Writes a table as aligned text: numbers to the right, the rest to the left.</summary>
internal static class TextTable
{
    private const int WidestCell = 60;

    internal static string Render(TablePreview table)
    {
        var columns = new List<string[]> { Aligned(["", .. table.Rows.Select(row => $"{row}")], table.GapAt, right: true) };
        foreach (var column in table.Columns)
            columns.Add(Aligned([.. column.Cells.Prepend(column.Name).Select(OneLine)], table.GapAt, column.IsNumeric));

        var text = new StringBuilder();
        for (var line = 0; line < columns[0].Length; line++)
            text.Append(string.Join("  ", columns.Select(cells => cells[line])).TrimEnd()).Append('\n');
        if (table.Size is { } size)
            text.Append($"[{size}]\n");
        return text.ToString();
    }

    private static string[] Aligned(List<string> cells, int gapAt, bool right)
    {
        if (gapAt >= 0)
            cells.Insert(gapAt + 1, "…");
        var width = cells.Max(cell => cell.Length);
        return [.. cells.Select(cell => right ? cell.PadLeft(width) : cell.PadRight(width))];
    }

    private static string OneLine(string cell)
    {
        var line = cell.Replace("\r", "\\r").Replace("\n", "\\n").Replace("\t", "\\t");
        return line.Length <= WidestCell ? line : $"{line.AsSpan(0, WidestCell - 1)}…";
    }
}
