using System.ComponentModel;
using DeepLearning.Display;

namespace DeepLearning.Charts;

/// <summary>Provides the formatters for pictures in notebooks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PictureFormatterSource
{
    private readonly TypeFormatter<Picture>[] _formatters =
    [
        new("image/svg+xml", picture => picture.ToSvg()),
        new("text/plain", picture => picture.ToString()),
    ];

    /// <summary>Returns one formatter for each MIME type.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}
