using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace DeepLearning.Data;

/// <summary>The formatter by which notebooks show data sets in one line, as <c>ToString</c> writes it, and not as a tree of all they hold.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextFormatterSource
{
    private readonly TextFormatter[] _formatters = [new()];

    /// <summary>The only formatter.</summary>
    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}

/// <summary>Writes values as text. Notebook kernels find its members by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextFormatter
{
    /// <summary>What is written.</summary>
    public string MimeType { get; } = "text/plain";

    /// <summary>Writes a value.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Kernels call it on an instance.")]
    public bool Format(object value, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(value);
        return true;
    }
}
