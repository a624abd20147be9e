using System.ComponentModel;
using DeepLearning.Display;

namespace DeepLearning.Charts;

/// <summary>Provides the formatters for figures in notebooks.</summary>
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

    /// <summary>Returns one formatter for each MIME type.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}
