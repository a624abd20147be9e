using System.ComponentModel;
using DeepLearning.Display;

namespace DeepLearning.Models;

/// <summary>Provides the formatters for summaries in notebooks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SummaryFormatterSource
{
    private readonly TypeFormatter<Summary>[] _formatters =
    [
        new("text/html", summary => summary.ToHtml()),
        new("text/plain", summary => summary.ToString()),
    ];

    /// <summary>Returns one formatter for each MIME type.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}
