using System.Net;
using System.Text;

namespace NotebookHost.Export.Html;

/// <summary>Writes the richest representation of an output that a page can show without a network.</summary>
internal sealed class OutputHtml(ProseHtml prose, bool hasPlotly)
{
    /// <summary>The MIME type of the data of a chart.</summary>
    internal const string Plotly = "application/vnd.plotly.v1+json";

    private static readonly string[] _images = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    private int _figures;

    public void Append(StringBuilder page, StoredOutput output)
    {
        if (output.IsStream)
            AppendText(page, output.IsErrorStream ? "stream stderr" : "stream", output.StreamText);
        else if (output.IsError)
            AppendText(page, "error", output.ErrorText);
        else
            AppendShown(page, output);
    }

    private void AppendShown(StringBuilder page, StoredOutput output)
    {
        // the HTML of a figure contains the same image and a script for front ends
        var isFigure = output.In(Plotly) is not null && output.In("image/svg+xml") is not null;
        if (!isFigure && output.In("text/html") is { } html)
            page.Append("<div class=\"output html\">\n").Append(SvgHtml.Adapt(TableHtml.Adapt(html))).Append("\n</div>\n");
        else if (output.In("text/markdown") is { } markdown)
            page.Append("<div class=\"output prose\">\n").Append(prose.Write(markdown, _ => null)).Append("</div>\n");
        else if (hasPlotly && output.In(Plotly) is { } figure)
            AppendFigure(page, figure, output.In("image/svg+xml"));
        else if (output.In("image/svg+xml") is { } svg)
            page.Append("<div class=\"output image\" tabindex=\"0\">\n").Append(SvgHtml.Adapt(svg)).Append("\n</div>\n");
        else if (_images.FirstOrDefault(type => output.In(type) is not null) is { } type)
            AppendImage(page, type, output);
        else if (output.In("text/latex") is { } latex)
            page.Append("<pre class=\"output math\" tabindex=\"0\">").Append(WebUtility.HtmlEncode(latex)).Append("</pre>\n");
        else if (output.In("application/javascript") is { } script)
            page.Append("<div class=\"output html\"><script>\n").Append(script).Append("\n</script></div>\n");
        else if (output.In("application/json") is { } json)
            AppendText(page, "result", json);
        else if (output.In("text/plain") is { } text)
            AppendText(page, "result", text);
        else if (output.MimeTypes.Any())
            AppendText(page, "result", $"[{string.Join(", ", output.MimeTypes)}]");
    }

    private static void AppendText(StringBuilder page, string kind, string text)
        => page.Append($"<pre class=\"output {kind}\" tabindex=\"0\">").Append(AnsiHtml.Write(text.TrimEnd('\n'))).Append("</pre>\n");

    private static void AppendImage(StringBuilder page, string type, StoredOutput output)
    {
        // notebooks divide base64 into lines
        var data = string.Concat(output.In(type)!.Where(character => !char.IsWhiteSpace(character)));
        page.Append("<div class=\"output image\"><img src=\"data:").Append(type).Append(";base64,").Append(WebUtility.HtmlEncode(data));
        page.Append("\" alt=\"").Append(WebUtility.HtmlEncode(output.In("text/plain") ?? "")).Append("\"></div>\n");
    }

    private void AppendFigure(StringBuilder page, string figure, string? drawing) => FigureHtml.Append(page, $"figure-{++_figures}", figure, drawing);
}
