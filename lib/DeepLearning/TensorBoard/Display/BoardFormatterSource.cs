using System.ComponentModel;
using DeepLearning.Display;

namespace DeepLearning.TensorBoard;

/// <summary>The formatters by which notebooks show boards.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BoardFormatterSource
{
    private readonly TypeFormatter<Board>[] _formatters =
    [
        new("text/html", board => board.ToHtml()),
        new("image/svg+xml", board => board.ToSvg()),
        new("text/plain", board => board.ToString()),
    ];

    /// <summary>Returns one formatter for each mime type.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}
