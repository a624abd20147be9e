using System.Text.Json.Nodes;
using NotebookHost.Jupyter.Protocol;
using NotebookHost.Jupyter.Sockets;

namespace NotebookHost.Jupyter;

/// <summary>Handles requests to run code and about code.</summary>
internal sealed class ShellChannel(MessageChannel channel, KernelLink link, InputRequests inputRequests, KernelSession session)
    : RequestChannel("shell", channel, link)
{
    private readonly InputHistory _history = new();
    private int _executionCount;
    private int _abortedCount;

    protected override (string Type, JsonObject Content)? Answer(JupyterMessage request)
    {
        var isAborted = _abortedCount > 0 && _abortedCount-- > 0;
        switch (request.Type)
        {
            case ExecuteRequest.Type:
                return ("execute_reply", isAborted ? new JsonObject { ["status"] = "aborted" } : Execute(new ExecuteRequest(request)));
            case "kernel_info_request":
                return Replies.KernelInfo();
            case "complete_request" or "inspect_request" or "is_complete_request":
                return (request.Type.Replace("_request", "_reply", StringComparison.Ordinal), session.Help(request.Type, request.Content));
            case "history_request":
                return ("history_reply", With("history", _history.Find(request.Content)));
            case "comm_info_request":
                return ("comm_info_reply", With("comms", new JsonObject()));
            case "comm_open":
                // comms are not supported, and the front end must be notified
                Link.Publisher.Send(
                    "comm_close",
                    new JsonObject { ["comm_id"] = request.Content.Text("comm_id") ?? "", ["data"] = new JsonObject() },
                    request);
                return null;
            case "comm_msg" or "comm_close":
                return null;
            case "shutdown_request":
                return Replies.Shutdown(request, Link);
            default:
                Link.Log.Write($"unsupported request on shell: {request.Type}");
                return null;
        }
    }

    private static JsonObject With(string name, JsonNode value)
    {
        var content = Replies.Ok();
        content[name] = value;
        return content;
    }

    private JsonObject Execute(ExecuteRequest request)
    {
        if (request.IsStored)
            _history.Add(++_executionCount, request.Code);
        if (!request.IsSilent)
        {
            var input = new JsonObject { ["code"] = request.Code, ["execution_count"] = _executionCount };
            Link.Publisher.Send("execute_input", input, request.Message);
        }
        var output = new PublishedOutput(Link.Publisher, inputRequests, request, _executionCount);
        using var stop = Link.Interrupts.Begin();
        var error = session.Run(request, Math.Max(_executionCount, 1), output, stop.Token);
        if (error is not null)
            output.Error(error);
        // a client may stop listening for outputs soon after it receives the reply
        Link.Publisher.Flush();
        if (error is not null && request.StopsOthers)
            _abortedCount = CountWaiting();

        var reply = error is null
            ? new JsonObject { ["status"] = "ok", ["payload"] = new JsonArray(), ["user_expressions"] = new JsonObject() }
            : PublishedOutput.Content(error);
        if (error is not null)
            reply["status"] = "error";
        reply["execution_count"] = _executionCount;
        return reply;
    }
}
