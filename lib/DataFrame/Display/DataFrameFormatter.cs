using System.ComponentModel;

namespace Microsoft.Data.Analysis;

/// <summary>Writes frames and columns as one mime type. Notebook kernels find its members by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DataFrameFormatter
{
    private readonly long _maxRows;
    private readonly Func<TablePreview, string> _render;

    internal DataFrameFormatter(string mimeType, long maxRows, Func<TablePreview, string> render)
    {
        MimeType = mimeType;
        _maxRows = maxRows;
        _render = render;
    }

    /// <summary>What is written.</summary>
    public string MimeType { get; }

    /// <summary>Writes a frame or column; false when the value is neither.</summary>
    public bool Format(object value, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var preview = value switch
        {
            DataFrame frame => TablePreview.Of(frame, _maxRows),
            DataFrameColumn column => TablePreview.Of(column, _maxRows),
            _ => null,
        };
        if (preview is null)
            return false;
        writer.Write(_render(preview));
        return true;
    }
}
