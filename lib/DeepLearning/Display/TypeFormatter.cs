using System.ComponentModel;

namespace DeepLearning.Display;

/// <summary>Writes values of a type as one mime type. Notebook kernels find its members by name.</summary>
/// <typeparam name="T">What it writes.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TypeFormatter<T>
{
    private readonly Func<T, string?> _render;

    internal TypeFormatter(string mimeType, Func<T, string?> render) => (MimeType, _render) = (mimeType, render);

    /// <summary>What is written.</summary>
    public string MimeType { get; }

    /// <summary>Writes a value; false when it is of another type.</summary>
    public bool Format(object value, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is not T known)
            return false;
        writer.Write(_render(known));
        return true;
    }
}
