using System.Text;
using NotebookHost.Display;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>
/// Passes outputs on, and publishes console text as the framework's events for those who subscribe to a kernel: gathered, because there may be a call for
/// each word.
/// </summary>
/// <param name="sink">Takes the outputs.</param>
/// <param name="kernel">The kernel that publishes.</param>
internal sealed class PublishingSink(ICellSink sink, CellKernel kernel) : ICellSink
{
    private const int MostCharacters = 1 << 16;

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private ConsoleChannel _channel;

    public void Stream(ConsoleChannel stream, string text)
    {
        sink.Stream(stream, text);
        lock (_gate)
        {
            if (stream != _channel || _text.Length > MostCharacters)
                Publish();
            _channel = stream;
            _text.Append(text);
        }
    }

    public void Display(string displayId, MimeBundle bundle)
    {
        Publish();
        sink.Display(displayId, bundle);
    }

    public void Update(string displayId, MimeBundle bundle) => sink.Update(displayId, bundle);

    public void Result(MimeBundle bundle)
    {
        Publish();
        sink.Result(bundle);
    }

    public Task<string?> ReadInputAsync(string prompt, bool isPassword, CancellationToken cancellation) => sink.ReadInputAsync(prompt, isPassword, cancellation);

    /// <summary>Publishes the text that was gathered.</summary>
    public void Publish()
    {
        string text;
        ConsoleChannel channel;
        lock (_gate)
        {
            (text, channel) = (_text.ToString(), _channel);
            _text.Clear();
        }
        if (text.Length > 0)
            KernelOutputs.PublishTaken(kernel, channel, text);
    }
}
