using System.Globalization;
using System.Net;
using System.Text;

namespace DeepLearning.Tables;

/// <summary>Writes a table as HTML with the colors of the page, for light and dark themes; wide tables can be scrolled.</summary>
internal static class HtmlTable
{
    // for pages without table styles; without effect if borders collapse
    private const string Spaced = " style=\"border-spacing:1em 0.2em\"";
    private const string Right = " style=\"text-align:right\"";
    private const string Left = " style=\"text-align:left\"";

    public static string Render(TablePreview table)
    {
        var html = new StringBuilder($"<div style=\"overflow-x:auto\">\n<table{Spaced}>\n<thead><tr><th></th>");
        foreach (var column in table.Columns)
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"{Align(column)}>{WebUtility.HtmlEncode(column.Name)}</th>");
        html.Append("</tr></thead>\n<tbody>\n");

        for (var i = 0; i < table.Rows.Count; i++)
        {
            if (i == table.GapAt)
                AppendGap(html, table);
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{table.Rows[i]}</th>");
            foreach (var column in table.Columns)
                html.Append(CultureInfo.InvariantCulture, $"<td{Align(column)}>{WebUtility.HtmlEncode(column.Cells[i])}</td>");
            html.Append("</tr>\n");
        }

        if (table.GapAt == table.Rows.Count)
            AppendGap(html, table);
        html.Append("</tbody>\n</table>\n</div>");
        if (table.Size is { } size)
            html.Append(CultureInfo.InvariantCulture, $"\n<p>{size}</p>");
        return html.ToString();
    }

    private static void AppendGap(StringBuilder html, TablePreview table)
    {
        html.Append("<tr><th scope=\"row\">…</th>");
        foreach (var column in table.Columns)
            html.Append(CultureInfo.InvariantCulture, $"<td{Align(column)}>…</td>");
        html.Append("</tr>\n");
    }

    private static string Align(PreviewColumn column) => column.IsNumeric ? Right : Left;
}
