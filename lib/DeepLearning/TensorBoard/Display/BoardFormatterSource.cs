using System.ComponentModel;

namespace DeepLearning.TensorBoard;

/// <summary>The formatters by which notebooks show boards.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BoardFormatterSource
{
    private readonly BoardFormatter[] _formatters =
    [
        new("text/html", board => board.ToHtml()),
        new("image/svg+xml", board => board.ToSvg()),
        new("text/plain", board => board.ToString()),
    ];

    /// <summary>One formatter for each mime type.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}

/// <summary>Writes boards as one mime type. Notebook kernels find its members by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BoardFormatter
{
    private readonly Func<Board, string> _render;

    internal BoardFormatter(string mimeType, Func<Board, string> render) => (MimeType, _render) = (mimeType, render);

    /// <summary>What is written.</summary>
    public string MimeType { get; }

    /// <summary>Writes a board; false when the value is none.</summary>
    public bool Format(object value, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is not Board board)
            return false;
        writer.Write(_render(board));
        return true;
    }
}
