using System.ComponentModel;

namespace DeepLearning.Models;

/// <summary>The formatters by which notebooks show summaries.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SummaryFormatterSource
{
    private readonly SummaryFormatter[] _formatters =
    [
        new("text/html", summary => summary.ToHtml()),
        new("text/plain", summary => summary.ToString()),
    ];

    /// <summary>One formatter for each mime type.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}

/// <summary>Writes summaries as one mime type. Notebook kernels find its members by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SummaryFormatter
{
    private readonly Func<Summary, string> _render;

    internal SummaryFormatter(string mimeType, Func<Summary, string> render) => (MimeType, _render) = (mimeType, render);

    /// <summary>What is written.</summary>
    public string MimeType { get; }

    /// <summary>Writes a summary; false when the value is none.</summary>
    public bool Format(object value, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is not Summary summary)
            return false;
        writer.Write(_render(summary));
        return true;
    }
}
