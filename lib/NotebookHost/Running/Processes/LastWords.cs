using System.Text;

namespace NotebookHost.Running.Processes;

/// <summary>The last few thousand characters that a process wrote to its standard error while a cell ran.</summary>
internal sealed class LastWords
{
    private const int Most = 16 * 1024;

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    public string Text
    {
        get
        {
            lock (_gate)
                return _text.ToString();
        }
    }

    public void Add(string text)
    {
        lock (_gate)
        {
            // the runtime says why it ends first, and where last
            if (_text.Length < Most)
                _text.Append(text);
        }
    }

    public void Clear()
    {
        lock (_gate)
            _text.Clear();
    }
}
