using System.ComponentModel;
using DeepLearning.Display;

namespace DeepLearning.TensorBoard;

/// <summary>Provides the formatters for graphs in notebooks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BoardGraphFormatterSource
{
    private readonly TypeFormatter<BoardGraph>[] _formatters =
    [
        new("image/svg+xml", graph => graph.ToSvg()),
        new("text/plain", graph => graph.ToString()),
    ];

    /// <summary>Returns one formatter for each MIME type.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}
