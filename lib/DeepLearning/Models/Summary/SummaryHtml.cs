using System.Globalization;
using System.Net;
using System.Text;

namespace DeepLearning.Models;

/// <summary>Writes a summary as an HTML table with the colors of the page, for light and dark themes.</summary>
internal static class SummaryHtml
{
    public static string Of(Summary summary)
    {
        var html = new StringBuilder("<table>\n<thead><tr>");
        for (var i = 0; i < SummaryText.Headings.Count; i++)
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" style=\"text-align:{Side(i)}\">{SummaryText.Headings[i]}</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in summary.Rows)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\" style=\"text-align:left\"><span style=\"padding-left:{1.5 * row.Depth}em\">{Layer(row)}</span></th>");
            var cells = SummaryText.Cells(row);
            for (var i = 0; i < cells.Length; i++)
                html.Append(CultureInfo.InvariantCulture, $"<td style=\"text-align:{Side(i + 1)}\">{WebUtility.HtmlEncode(cells[i])}</td>");
            html.Append("</tr>\n");
        }
        html.Append("</tbody>\n</table>\n<table style=\"margin-top:0.5em\">\n<tbody>\n");
        foreach (var (name, value) in SummaryText.Totals(summary))
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\" style=\"text-align:left\">{WebUtility.HtmlEncode(name)}</th>");
            html.Append(CultureInfo.InvariantCulture, $"<td style=\"text-align:right\">{WebUtility.HtmlEncode(value)}</td></tr>\n");
        }
        return html.Append("</tbody>\n</table>").ToString();
    }

    private static string Layer(SummaryRow row) => row.Name.Length == 0
        ? WebUtility.HtmlEncode(row.Type)
        : $"{WebUtility.HtmlEncode(row.ShortName)} <span style=\"font-weight:normal\">({WebUtility.HtmlEncode(row.Type)})</span>";

    private static string Side(int column) => column is 2 or 4 ? "right" : "left";
}
