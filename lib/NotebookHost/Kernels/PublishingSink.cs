using System.Text;
using NotebookHost.Display;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>
/// Passes outputs to a sink, and publishes console text as events of the framework for subscribers of a kernel. The text is buffered, because there may be a call for
/// each word.
/// </summary>
/// <param name="sink">The sink of the outputs.</param>
/// <param name="kernel">The kernel that publishes the events.</param>
internal sealed class PublishingSink(ICellSink sink, CellKernel kernel) : ICellSink
{
    private const int MaxCharacters = 1 << 16;

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private ConsoleChannel _channel;

    public void Stream(ConsoleChannel stream, string text)
    {
        sink.Stream(stream, text);
        lock (_gate)
        {
            if (stream != _channel || _text.Length > MaxCharacters)
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

    /// <summary>Publishes the buffered text.</summary>
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
