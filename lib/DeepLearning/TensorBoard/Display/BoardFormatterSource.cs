using System.ComponentModel;
using DeepLearning.Display;

namespace DeepLearning.TensorBoard;

/// <summary>Provides the formatters for boards in notebooks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BoardFormatterSource
{
    private readonly TypeFormatter<Board>[] _formatters =
    [
        new("text/html", board => board.ToHtml()),
        new("image/svg+xml", board => board.ToSvg()),
        new("text/plain", board => board.ToString()),
    ];

    /// <summary>Returns one formatter for each MIME type.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}
