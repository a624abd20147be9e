using System.Text;

namespace NotebookHost.Export.Html;

/// <summary>Writes charts for plotly.js. Until plotly.js has drawn them, and without scripts, their SVG images are shown.</summary>
internal static class FigureHtml
{
    /// <summary>Gets the script that pages with charts load after plotly.js.</summary>
    public static string Script { get; } = Resource.Text("figures.js");

    /// <summary>Appends a chart.</summary>
    /// <param name="page">The page.</param>
    /// <param name="id">The id of the element, unique on the page.</param>
    /// <param name="figure">The chart in the format of plotly.js.</param>
    /// <param name="drawing">The chart as SVG; null for none.</param>
    public static void Append(StringBuilder page, string id, string figure, string? drawing)
    {
        page.Append("<div class=\"output image figure\" tabindex=\"0\" id=\"").Append(id).Append("\">");
        if (drawing is not null)
            page.Append("<div class=\"drawing\">").Append(SvgHtml.Adapt(drawing)).Append("</div>");
        // in a script, "</script>" and "<!--" have a special meaning
        page.Append("</div>\n<script>\ndrawFigure('").Append(id).Append("', ").Append(figure.Replace("<", "\\u003c", StringComparison.Ordinal)).Append(");\n</script>\n");
    }
}
