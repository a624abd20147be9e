using System.ComponentModel;

namespace DeepLearning.Display;

/// <summary>Formats values of a type as one MIME type. Notebook kernels access the members of this class by name.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TypeFormatter<T>
{
    private readonly Func<T, string?> _render;

    internal TypeFormatter(string mimeType, Func<T, string?> render) => (MimeType, _render) = (mimeType, render);

    /// <summary>Gets the MIME type.</summary>
    public string MimeType { get; }

    /// <summary>Writes a value. Returns false if the value has another type.</summary>
    public bool Format(object value, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is not T known)
            return false;
        writer.Write(_render(known));
        return true;
    }
}
