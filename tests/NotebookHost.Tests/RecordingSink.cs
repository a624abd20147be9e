using System.Text;
using NotebookHost.Display;
using NotebookHost.Sessions;

namespace NotebookHost.Tests;

/// <summary>Keeps what cells put out, each output as one line of text; text of one channel in a row is one output.</summary>
internal sealed class RecordingSink : ICellSink
{
    private readonly Lock _gate = new();
    private readonly List<StringBuilder> _outputs = [];
    private string? _channel;

    public IReadOnlyList<string> Outputs
    {
        get
        {
            lock (_gate)
                return [.. _outputs.Select(output => output.ToString())];
        }
    }

    public MimeBundle? LastBundle { get; private set; }

    public string? ResultText { get; private set; }

    public void Stream(ConsoleChannel stream, string text)
    {
        var prefix = stream == ConsoleChannel.Output ? "out: " : "err: ";
        lock (_gate)
        {
            if (_channel != prefix)
                _outputs.Add(new StringBuilder(prefix));
            _channel = prefix;
            _outputs[^1].Append(text);
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
            _channel = null;
            _outputs.Add(new StringBuilder(output));
            LastBundle = bundle ?? LastBundle;
        }
    }
}
