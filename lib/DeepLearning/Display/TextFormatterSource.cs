using System.ComponentModel;

namespace DeepLearning.Display;

/// <summary>Provides a formatter that displays a value in notebooks with <c>ToString</c> instead of as a tree of its properties.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextFormatterSource
{
    private readonly TypeFormatter<object>[] _formatters = [new("text/plain", value => value.ToString())];

    /// <summary>Returns the only formatter.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}
