using System.ComponentModel;

namespace Microsoft.Data.Analysis;

/// <summary>The formatters by which notebooks show frames and columns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DataFrameFormatterSource
{
    private readonly DataFrameFormatter[] _formatters =
    [
        new("text/html", maxRows: 100, HtmlTable.Render),
        new("text/plain", DataFrame.RowsInText, TextTable.Render),
    ];

    /// <summary>One formatter for each mime type.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}
