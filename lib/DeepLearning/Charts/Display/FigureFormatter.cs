using System.ComponentModel;

namespace DeepLearning.Charts;

/// <summary>Writes figures as one mime type. Notebook kernels find its members by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FigureFormatter
{
    private readonly Func<Figure, string> _render;

    internal FigureFormatter(string mimeType, Func<Figure, string> render)
    {
        MimeType = mimeType;
        _render = render;
    }

    /// <summary>What is written.</summary>
    public string MimeType { get; }

    /// <summary>Writes a figure; false when the value is none.</summary>
    public bool Format(object value, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is not Figure figure)
            return false;
        writer.Write(_render(figure));
        return true;
    }
}
