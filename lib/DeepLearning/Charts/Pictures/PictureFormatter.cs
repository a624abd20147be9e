using System.ComponentModel;

namespace DeepLearning.Charts;

/// <summary>The formatters by which notebooks show pictures.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PictureFormatterSource
{
    private readonly PictureFormatter[] _formatters =
    [
        new("image/svg+xml", picture => picture.ToSvg()),
        new("text/plain", picture => picture.ToString()),
    ];

    /// <summary>One formatter for each mime type.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}

/// <summary>Writes pictures as one mime type. Notebook kernels find its members by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PictureFormatter
{
    private readonly Func<Picture, string> _render;

    internal PictureFormatter(string mimeType, Func<Picture, string> render)
    {
        MimeType = mimeType;
        _render = render;
    }

    /// <summary>What is written.</summary>
    public string MimeType { get; }

    /// <summary>Writes a picture; false when the value is none.</summary>
    public bool Format(object value, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is not Picture picture)
            return false;
        writer.Write(_render(picture));
        return true;
    }
}
