using System.Net;
using System.Text;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html;

/// <summary>The frame of every page: the head of the document and, on sites, a bar.</summary>
internal sealed record PageFrame
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; media-src data:; "
        + "form-action 'none'; base-uri 'none'";

    private static readonly Lazy<string> _css = new(() => Resource.Text("page.css"));

    /// <summary>Gets the content of the head except the title: policy, styles and scripts.</summary>
    public required string Head { get; init; }

    /// <summary>Gets the HTML before all other content.</summary>
    public string Bar { get; init; } = "";

    /// <summary>Gets the list of all pages next to the content; empty for none.</summary>
    public string Course { get; init; } = "";

    /// <summary>Gets the HTML at the start of the main part.</summary>
    public string Lead { get; init; } = "";

    /// <summary>Returns a frame that does not require other files.</summary>
    /// <param name="forbidScripts">Whether a content security policy forbids all scripts and requests.</param>
    /// <param name="script">The text of plotly.js for pages with charts; null for none.</param>
    public static PageFrame Alone(bool forbidScripts, string? script = null)
    {
        var head = new StringBuilder();
        if (forbidScripts)
            head.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"").Append(Policy).Append("\">\n");
        head.Append("<style>\n").Append(_css.Value).Append("</style>\n");
        if (script is not null)
            head.Append("<script>").Append(script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)).Append("</script>\n<script>\n").Append(FigureHtml.Script).Append("</script>\n");
        return new PageFrame { Head = head.ToString() };
    }

    /// <summary>Writes a page.</summary>
    /// <param name="language">The language of the page.</param>
    /// <param name="title">The title as text.</param>
    /// <param name="contents">The table of contents as HTML; empty for none.</param>
    /// <param name="main">The content as HTML.</param>
    /// <param name="kind">The class of the body; null for none.</param>
    public string Write(ReadingLanguage language, string title, string contents, string main, string? kind = null) => new StringBuilder(main.Length + 16384)
        .Append("<!DOCTYPE html>\n<html lang=\"").Append(language.Tag).Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
        .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .Append("<title>").Append(WebUtility.HtmlEncode(title)).Append("</title>\n").Append(Head).Append("</head>\n")
        .Append(kind is null ? "<body>\n" : $"<body class=\"{kind}\">\n").Append(Bar)
        .Append(Course.Length + contents.Length == 0 ? "" : $"<div class=\"side\">\n{Course}{contents}</div>\n")
        .Append("<main id=\"main\">\n").Append(Lead).Append(main).Append("</main>\n</body>\n</html>\n")
        .ToString();
}
