using System.ComponentModel;

namespace DeepLearning.TensorBoard;

/// <summary>The formatters by which notebooks show graphs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BoardGraphFormatterSource
{
    private readonly BoardGraphFormatter[] _formatters =
    [
        new("image/svg+xml", graph => graph.ToSvg()),
        new("text/plain", graph => graph.ToString()),
    ];

    /// <summary>One formatter for each mime type.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}

/// <summary>Writes graphs as one mime type. Notebook kernels find its members by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BoardGraphFormatter
{
    private readonly Func<BoardGraph, string> _render;

    internal BoardGraphFormatter(string mimeType, Func<BoardGraph, string> render) => (MimeType, _render) = (mimeType, render);

    /// <summary>What is written.</summary>
    public string MimeType { get; }

    /// <summary>Writes a graph; false when the value is none.</summary>
    public bool Format(object value, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is not BoardGraph graph)
            return false;
        writer.Write(_render(graph));
        return true;
    }
}
