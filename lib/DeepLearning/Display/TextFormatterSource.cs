using System.ComponentModel;

namespace DeepLearning.Display;

/// <summary>The formatter by which notebooks show a value as <c>ToString</c> writes it, and not as a tree of all it holds.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextFormatterSource
{
    private readonly TypeFormatter<object>[] _formatters = [new("text/plain", value => value.ToString())];

    /// <summary>The only formatter.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}
