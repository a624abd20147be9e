using System.ComponentModel;
using DeepLearning.Display;

namespace DeepLearning.Charts;

/// <summary>The formatters by which notebooks show pictures.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PictureFormatterSource
{
    private readonly TypeFormatter<Picture>[] _formatters =
    [
        new("image/svg+xml", picture => picture.ToSvg()),
        new("text/plain", picture => picture.ToString()),
    ];

    /// <summary>Returns one formatter for each mime type.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}
