using NotebookHost.Display;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Something that a cell displayed and may change later, from any cell.</summary>
public sealed class DisplayedValue
{
    private readonly Func<object?, MimeBundle> _bundle;

    internal DisplayedValue(string displayId, Func<object?, MimeBundle> bundle)
    {
        DisplayId = displayId;
        _bundle = bundle;
    }

    /// <summary>Identifies the output among all of its notebook's.</summary>
    public string DisplayId { get; }

    /// <summary>Whether <see cref="Update"/> has been called.</summary>
    public bool IsUpdated { get; private set; }

    /// <summary>Shows another value in the output's place, in the representations that the first was shown in.</summary>
    public void Update(object? updatedValue)
    {
        IsUpdated = true;
        DisplayChannel.Sink.Update(DisplayId, _bundle(updatedValue));
    }
}
