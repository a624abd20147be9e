using NotebookHost.Display;
using NotebookHost.Sessions;

namespace NotebookHost.Tests;

/// <summary>Keeps what cells put out, each output as one line of text; text of one channel in a row is one output.</summary>
internal sealed class RecordingSink : ICellSink
{
    private readonly Lock _gate = new();
    private readonly List<string> _outputs = [];

    public IReadOnlyList<string> Outputs
    {
        get
        {
            lock (_gate)
                return [.. _outputs];
        }
    }

    public MimeBundle? LastBundle { get; private set; }

    public string? ResultText { get; private set; }

    /// <summary>How many pieces of text came.</summary>
    public int Pieces { get; private set; }

    public void Stream(ConsoleChannel stream, string text)
    {
        var prefix = stream == ConsoleChannel.Output ? "out: " : "err: ";
        lock (_gate)
        {
            Pieces++;
            if (_outputs.Count > 0 && _outputs[^1].StartsWith(prefix, StringComparison.Ordinal))
                _outputs[^1] += text;
            else
                _outputs.Add(prefix + text);
        }
    }

    public void Display(string displayId, MimeBundle bundle) => Add("display: " + bundle.PlainText, bundle);

    public void Update(string displayId, MimeBundle bundle) => Add("update: " + bundle.PlainText, bundle);

    public void Result(MimeBundle bundle)
    {
        ResultText = bundle.PlainText;
        Add("result: " + bundle.PlainText, bundle);
    }

    private void Add(string output, MimeBundle? bundle = null)
    {
        lock (_gate)
        {
            _outputs.Add(output);
            LastBundle = bundle ?? LastBundle;
        }
    }
}
