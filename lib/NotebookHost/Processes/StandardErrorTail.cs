using System.Text;

namespace NotebookHost.Processes;

/// <summary>The first few thousand characters that a process wrote to its standard error since the last call of <see cref="Clear"/>.</summary>
/// <remarks>The runtime writes the reason for the exit first; the following stack trace can be long. The text does not include console output of cells.</remarks>
internal sealed class StandardErrorTail
{
    private const int MaxLength = 16 * 1024;

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    /// <summary>Gets the text.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
                return _text.ToString();
        }
    }

    /// <summary>Adds text up to the limit.</summary>
    public void Add(string text)
    {
        lock (_gate)
        {
            if (_text.Length < MaxLength)
                _text.Append(text);
        }
    }

    /// <summary>Removes the text.</summary>
    public void Clear()
    {
        lock (_gate)
            _text.Clear();
    }
}
