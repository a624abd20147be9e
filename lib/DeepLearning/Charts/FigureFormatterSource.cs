using System.ComponentModel;
using DeepLearning.Display;

namespace DeepLearning.Charts;

/// <summary>The formatters by which notebooks show figures.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FigureFormatterSource
{
    private readonly TypeFormatter<Figure>[] _formatters =
    [
        new("application/vnd.plotly.v1+json", figure => figure.ToJson()),
        new("text/html", figure => figure.ToHtml()),
        new("image/svg+xml", figure => figure.ToSvg()),
        new("text/plain", figure => figure.ToString()),
    ];

    /// <summary>Returns one formatter for each mime type.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}
