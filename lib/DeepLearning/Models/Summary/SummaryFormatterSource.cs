using System.ComponentModel;
using DeepLearning.Display;

namespace DeepLearning.Models;

/// <summary>Provides the formatters by which notebooks show summaries.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SummaryFormatterSource
{
    private readonly TypeFormatter<Summary>[] _formatters =
    [
        new("text/html", summary => summary.ToHtml()),
        new("text/plain", summary => summary.ToString()),
    ];

    /// <summary>Returns a formatter for each mime type.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}
