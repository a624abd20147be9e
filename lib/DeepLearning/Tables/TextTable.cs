using System.Globalization;
using System.Text;

namespace DeepLearning.Tables;

/// <summary>Writes a table as aligned text, with right-aligned numbers. Columns that exceed the width are wrapped below, as in pandas.</summary>
internal static class TextTable
{
    private const int PageWidth = 120;
    private const int WidestCell = 60;
    private const string Between = "  ";

    public static string Render(TablePreview table)
    {
        var index = Aligned(["", .. table.Rows.Select(row => $"{row}")], table.GapAt, isNumeric: true);
        var text = new StringBuilder();
        foreach (var columns in Pages(table, index[0].Length))
        {
            if (text.Length > 0)
                text.Append('\n');
            for (var line = 0; line < index.Length; line++)
                text.Append(string.Join(Between, columns.Select(cells => cells[line]).Prepend(index[line])).TrimEnd()).Append('\n');
        }
        if (table.Size is { } size)
            text.Append(CultureInfo.InvariantCulture, $"[{size}]\n");
        return text.ToString();
    }

    private static IEnumerable<List<string[]>> Pages(TablePreview table, int indexWidth)
    {
        List<string[]> page = [];
        var width = indexWidth;
        foreach (var column in table.Columns)
        {
            var cells = Aligned([.. column.Cells.Prepend(column.Name).Select(OneLine)], table.GapAt, column.IsNumeric);
            var added = Between.Length + cells[0].Length;
            if (page.Count > 0 && width + added > PageWidth)
            {
                yield return page;
                (page, width) = ([], indexWidth);
            }
            page.Add(cells);
            width += added;
        }
        yield return page;
    }

    private static string[] Aligned(List<string> cells, int gapAt, bool isNumeric)
    {
        if (gapAt >= 0)
            cells.Insert(gapAt + 1, "…");
        var width = cells.Max(cell => cell.Length);
        return [.. cells.Select(cell => isNumeric ? cell.PadLeft(width) : cell.PadRight(width))];
    }

    private static string OneLine(string cell)
    {
        var line = cell.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        return line.Length <= WidestCell ? line : $"{line.AsSpan(0, WidestCell - 1)}…";
    }
}
