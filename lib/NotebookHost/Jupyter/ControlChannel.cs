using System.Text.Json.Nodes;
using NotebookHost.Jupyter.Protocol;
using NotebookHost.Jupyter.Sockets;

namespace NotebookHost.Jupyter;

/// <summary>Handles requests that must not wait for a running cell.</summary>
internal sealed class ControlChannel(MessageChannel channel, KernelLink link) : RequestChannel("control", channel, link)
{
    protected override (string Type, JsonObject Content)? Answer(JupyterMessage request)
    {
        switch (request.Type)
        {
            case "kernel_info_request":
                return Replies.KernelInfo();
            case "shutdown_request":
                return Replies.Shutdown(request, Link);
            case "interrupt_request":
                Link.Interrupts.Request();
                return ("interrupt_reply", Replies.Ok());
            case "debug_request":
                return ("debug_reply", new JsonObject
                {
                    ["type"] = "response",
                    ["request_seq"] = request.Content.Number("seq") ?? 0,
                    ["command"] = request.Content.Text("command") ?? "",
                    ["success"] = false,
                    ["message"] = "This kernel has no debugger.",
                });
            default:
                Link.Log.Write($"unsupported request on control: {request.Type}");
                return null;
        }
    }
}
