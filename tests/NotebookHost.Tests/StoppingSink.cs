using NotebookHost.Display;
using NotebookHost.Sessions;

namespace NotebookHost.Tests;

/// <summary>Asks its cell to stop as soon as that writes something.</summary>
internal sealed class StoppingSink(CancellationTokenSource stop) : ICellSink
{
    public string? ResultText { get; private set; }

    public void Stream(ConsoleChannel stream, string text) => stop.Cancel();

    public void Display(string displayId, MimeBundle bundle)
    {
    }

    public void Update(string displayId, MimeBundle bundle)
    {
    }

    public void Result(MimeBundle bundle) => ResultText = bundle.PlainText;
}
