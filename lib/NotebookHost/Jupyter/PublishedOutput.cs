using System.Text.Json.Nodes;
using NotebookHost.Display;
using NotebookHost.Jupyter.Protocol;
using NotebookHost.Sessions;

namespace NotebookHost.Jupyter;

/// <summary>Publishes the outputs and input requests of a cell with the request that runs it as the parent.</summary>
internal sealed class PublishedOutput(Publisher publisher, InputRequests inputRequests, ExecuteRequest request, int executionCount) : ICellSink
{
    private readonly JupyterMessage _message = request.Message;

    // a cell with endless output must not fill the memory of the front end
    private readonly OutputLimit _textLimit = OutputLimit.OfText();
    private readonly OutputLimit _displayLimit = OutputLimit.OfDisplays();

    public void Stream(ConsoleChannel stream, string text)
    {
        text = _textLimit.Take(text);
        if (text.Length > 0)
            publisher.Text(stream == ConsoleChannel.Output ? "stdout" : "stderr", text, _message);
    }

    public void Display(string displayId, MimeBundle bundle)
    {
        if (_displayLimit.TryTake(bundle.Length, notice => Stream(ConsoleChannel.Output, notice)))
            publisher.Send("display_data", Content(bundle, displayId), _message);
    }

    public void Update(string displayId, MimeBundle bundle) => publisher.Update(displayId, Content(bundle, displayId), _message);

    public void Result(MimeBundle bundle)
    {
        if (request.IsSilent)
            return;
        var content = Content(bundle, displayId: null);
        content["execution_count"] = executionCount;
        publisher.Send("execute_result", content, _message);
    }

    public Task<string?> ReadInputAsync(string prompt, bool isPassword, CancellationToken cancellation)
        => request.MayAsk ? inputRequests.AskAsync(prompt, isPassword, _message, cancellation) : Task.FromResult<string?>(null);

    public void Error(CellError error)
    {
        if (!request.IsSilent)
            publisher.Send("error", Content(error), _message);
    }

    /// <summary>Returns an error in the form of replies and outputs.</summary>
    public static JsonObject Content(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. ErrorColors.Apply(error.Traceback).Select(line => (JsonNode)line)]),
    };

    private static JsonObject Content(MimeBundle bundle, string? displayId)
    {
        var content = new JsonObject { ["data"] = bundle.ToMessageData(), ["metadata"] = new JsonObject() };
        if (displayId is not null)
            content["transient"] = new JsonObject { ["display_id"] = displayId };
        return content;
    }
}
