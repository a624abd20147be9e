using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;

namespace NotebookHost.Display;

/// <summary>A sequence as a table: html for front ends, csv for spreadsheets, aligned text for terminals.</summary>
internal static class TableView
{
    public static MimeBundle Bundle<T>(IEnumerable<T> source)
    {
        var columns = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
            .ToArray();
        var simple = columns.Length == 0 || typeof(T).IsPrimitive || typeof(T) == typeof(string);
        string[] header = simple ? ["value"] : [.. columns.Select(column => column.Name)];
        var rows = source
            .Select(item => simple ? [Text(item)] : columns.Select(column => Text(column.GetValue(item))).ToArray())
            .ToList();
        return new MimeBundle(
        [
            KeyValuePair.Create("text/html", Html(header, rows)),
            KeyValuePair.Create("text/csv", Csv([header, .. rows])),
            KeyValuePair.Create(MimeBundle.PlainTextType, Aligned([header, .. rows])),
        ]);
    }

    private static string Text(object? value)
        => value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString() ?? "";

    private static string Html(string[] header, List<string[]> rows)
    {
        var html = new StringBuilder("<table><thead><tr>");
        foreach (var name in header)
            html.Append("<th>").Append(WebUtility.HtmlEncode(name)).Append("</th>");
        html.Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            foreach (var cell in row)
                html.Append("<td>").Append(WebUtility.HtmlEncode(cell)).Append("</td>");
            html.Append("</tr>\n");
        }
        return html.Append("</tbody></table>").ToString();
    }

    private static string Csv(List<string[]> lines)
        => string.Concat(lines.Select(line => string.Join(',', line.Select(Quoted)) + "\n"));

    private static string Quoted(string cell)
        => cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static string Aligned(List<string[]> lines)
    {
        var widths = Enumerable.Range(0, lines[0].Length).Select(i => lines.Max(line => line[i].Length)).ToArray();
        return string.Join('\n', lines.Select(line => string.Join("  ", line.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()));
    }
}
