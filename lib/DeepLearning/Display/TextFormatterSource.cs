using System.ComponentModel;

namespace DeepLearning.Display;

/// <summary>The formatter by which notebooks show a value as <c>ToString</c> writes it, not as a tree of its properties.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextFormatterSource
{
    private readonly TypeFormatter<object>[] _formatters = [new("text/plain", value => value.ToString())];

    /// <summary>Returns the only formatter.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}
