using System.Data;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting.TabularData;
using NotebookHost.Display.Values;

namespace NotebookHost.Display;

/// <summary>A table: HTML for front ends, CSV for spreadsheets, aligned text for terminals.</summary>
/// <param name="header">The names of the columns.</param>
/// <param name="rows">The cells of each row, one per column.</param>
/// <param name="note">The line below the table; null for none.</param>
internal sealed class TableView(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows, string? note = null)
{
    private const int MaxRows = 100;

    // front ends align the cells of tables differently
    private readonly bool[] _hasNumbers = [.. header.Select((_, i) => IsNumeric(rows.Select(row => row[i])))];

    /// <summary>Returns a table with the result of <c>DisplayTable</c>.</summary>
    public static TableView Of(TabularDataResource data)
    {
        var names = data.Schema.Fields.Select(field => field.Name).ToList();
        var rows = data.Data.Select(row =>
        {
            var cells = row.ToDictionary(cell => cell.Key, cell => cell.Value, StringComparer.Ordinal);
            return (IReadOnlyList<string>)[.. names.Select(name => Text(cells.GetValueOrDefault(name)))];
        });
        return new TableView(names, [.. rows]);
    }

    /// <summary>Returns a table with the first 100 rows of an ADO.NET table.</summary>
    public static TableView Of(DataTable table) => Of(table.Columns, [.. table.Rows.Cast<DataRow>().Take(MaxRows)], table.Rows.Count);

    /// <summary>Returns a table with the first 100 rows of an ADO.NET view.</summary>
    public static TableView Of(DataView view) => Of(view.Table?.Columns, [.. view.Cast<DataRowView>().Take(MaxRows).Select(row => row.Row)], view.Count);

    public string Html()
    {
        var html = new StringBuilder("<table><thead><tr>");
        foreach (var (i, name) in header.Index())
            html.Append("<th").Append(Style(_hasNumbers[i])).Append('>').Append(WebUtility.HtmlEncode(name)).Append("</th>");
        html.Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            foreach (var (i, cell) in row.Index())
                html.Append("<td").Append(Style(_hasNumbers[i])).Append('>').Append(WebUtility.HtmlEncode(cell)).Append("</td>");
            html.Append("</tr>\n");
        }
        html.Append("</tbody></table>");
        if (note is not null)
            html.Append("<i>").Append(WebUtility.HtmlEncode(note)).Append("</i>");
        return html.ToString();
    }

    public string Csv() => string.Concat(rows.Prepend(header).Select(line => string.Join(',', line.Select(Quoted)) + "\n"));

    public string PlainText()
    {
        IReadOnlyList<string>[] lines = [header, .. rows];
        var widths = Enumerable.Range(0, header.Count).Select(i => lines.Max(line => line[i].Length)).ToArray();
        var text = string.Join('\n', lines.Select(line => string.Join("  ", line.Select((cell, i) => _hasNumbers[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd()));
        return note is null ? text : $"{text}\n{note}";
    }

    /// <summary>Returns the attribute that aligns a cell, after a space: right for numbers, left for other text.</summary>
    public static string Style(bool isNumber) => isNumber ? " style=\"text-align:right\"" : " style=\"text-align:left\"";

    // empty cells do not determine the type of a column
    private static bool IsNumeric(IEnumerable<string> cells)
    {
        var full = cells.Where(cell => cell.Length > 0).ToList();
        return full.Count > 0 && full.TrueForAll(NumberText.Is);
    }

    private static TableView Of(DataColumnCollection? columns, IReadOnlyList<DataRow> rows, int count)
        => new(
            [.. (columns?.Cast<DataColumn>() ?? []).Select(column => column.ColumnName)],
            [.. rows.Select(row => (IReadOnlyList<string>)[.. row.ItemArray.Select(cell => cell is DBNull ? "" : Text(cell))])],
            count > rows.Count ? string.Create(CultureInfo.InvariantCulture, $"({count - rows.Count} more)") : null);

    private static string Text(object? value) => value is null ? "" : ShortText.Of(value);

    private static string Quoted(string cell)
        => cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
