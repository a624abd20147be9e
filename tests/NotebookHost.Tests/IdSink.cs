using NotebookHost.Display;
using NotebookHost.Sessions;

namespace NotebookHost.Tests;

/// <summary>Keeps displays and updates with their ids.</summary>
internal sealed class IdSink : ICellSink
{
    public List<string> Outputs { get; } = [];

    public List<string> Ids { get; } = [];

    public void Stream(ConsoleChannel stream, string text) => Outputs.Add(text);

    public void Display(string displayId, MimeBundle bundle)
    {
        Ids.Add(displayId);
        Outputs.Add("display: " + bundle.PlainText);
    }

    public void Update(string displayId, MimeBundle bundle)
    {
        Ids.Add(displayId);
        Outputs.Add("update: " + bundle.PlainText);
    }

    public void Result(MimeBundle bundle) => Outputs.Add("result: " + bundle.PlainText);
}
