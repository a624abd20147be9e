using System.ComponentModel;
using DeepLearning.Display;

namespace DeepLearning.TensorBoard;

/// <summary>The formatters by which notebooks show graphs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BoardGraphFormatterSource
{
    private readonly TypeFormatter<BoardGraph>[] _formatters =
    [
        new("image/svg+xml", graph => graph.ToSvg()),
        new("text/plain", graph => graph.ToString()),
    ];

    /// <summary>Returns one formatter for each mime type.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}
