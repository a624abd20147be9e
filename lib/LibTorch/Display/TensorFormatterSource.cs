using System.ComponentModel;
using System.Net;

namespace TorchSharp.Display;

/// <summary>The formatters by which notebooks show tensors: their elements in the current style.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TensorFormatterSource
{
    private readonly TensorFormatter[] _formatters =
    [
        new("text/html", text => $"<div><pre>{WebUtility.HtmlEncode(text)}</pre></div>"),
        new("text/plain", text => text),
    ];

    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}

/// <summary>Writes a tensor as one mime type. Notebook kernels find its members by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TensorFormatter
{
    private readonly Func<string, string> _wrap;

    internal TensorFormatter(string mimeType, Func<string, string> wrap) => (MimeType, _wrap) = (mimeType, wrap);

    public string MimeType { get; }

    public bool Format(object value, TextWriter writer)
    {
        if (value is not torch.Tensor tensor)
            return false;
        writer.Write(_wrap(tensor.IsInvalid ? tensor.ToString() : tensor.ToString(TensorStringStyle.Default).TrimEnd()));
        return true;
    }
}
