using System.Text;

namespace NotebookHost.Export.Html;

/// <summary>Writes charts that plotly.js draws. Until it has, and where scripts do not run, their drawings show.</summary>
internal static class FigureHtml
{
    /// <summary>Gets the script that pages with charts load after plotly.js.</summary>
    public static string Script { get; } = Resource.Text("figures.js");

    /// <summary>Appends a chart.</summary>
    /// <param name="page">The page.</param>
    /// <param name="id">The id of its element, unique on the page.</param>
    /// <param name="figure">The chart as plotly.js reads it.</param>
    /// <param name="drawing">The same as svg; null where there is none.</param>
    public static void Append(StringBuilder page, string id, string figure, string? drawing)
    {
        page.Append("<div class=\"output image figure\" tabindex=\"0\" id=\"").Append(id).Append("\">");
        if (drawing is not null)
            page.Append("<div class=\"drawing\">").Append(SvgHtml.Adapt(drawing)).Append("</div>");
        // in a script, "</script>" and "<!--" would not be text
        page.Append("</div>\n<script>\ndrawFigure('").Append(id).Append("', ").Append(figure.Replace("<", "\\u003c", StringComparison.Ordinal)).Append(");\n</script>\n");
    }
}
