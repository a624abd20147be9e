using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using NotebookHost.Jupyter.Protocol;
using NotebookHost.Kernels;
using NotebookHost.Language;
using NotebookHost.Sessions;

namespace NotebookHost.Jupyter;

/// <summary>Answers requests of front ends about code that is being edited.</summary>
internal static class CodeHelp
{
    /// <summary>Answers a request in the session's process.</summary>
    /// <param name="session">The session of the code.</param>
    /// <param name="type">The type of the request.</param>
    /// <param name="content">The content of the request, as JSON.</param>
    /// <returns>The content of the reply, as JSON.</returns>
    public static string Answer(CSharpSession session, string type, string content)
    {
        var request = JsonNode.Parse(content)!.AsObject();
        var reply = type switch
        {
            "complete_request" => Complete(request, session.Draft),
            "inspect_request" => Inspect(request, session.Draft),
            "is_complete_request" => IsComplete(request),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The request is not supported."),
        };
        return reply.ToJsonString();
    }

    /// <summary>Answers a complete_request.</summary>
    public static JsonObject Complete(JsonObject request, Func<string, Compilation> draft)
    {
        var (code, position) = Place(request);
        var found = CellCompletion.Complete(code, position, draft);
        var (start, end) = (CodePoints.FromIndex(code, found.Start), CodePoints.FromIndex(code, found.End));
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Items.Select(item => (JsonNode)item.FullText)]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. found.Items.Select(item => new JsonObject
                {
                    ["text"] = item.FullText,
                    ["type"] = item.Kind,
                    ["signature"] = item.Signature,
                    ["start"] = start,
                    ["end"] = end,
                })]),
            },
        };
    }

    /// <summary>Answers an inspect_request.</summary>
    public static JsonObject Inspect(JsonObject request, Func<string, Compilation> draft)
    {
        var (code, position) = Place(request);
        var hover = CellHover.Describe(code, position, draft);
        return new JsonObject
        {
            ["status"] = "ok",
            ["found"] = hover is not null,
            ["data"] = hover is null
                ? new JsonObject()
                : new JsonObject { ["text/plain"] = hover.ToText(), ["text/markdown"] = hover.ToMarkdown() },
            ["metadata"] = new JsonObject(),
        };
    }

    /// <summary>Answers an is_complete_request.</summary>
    public static JsonObject IsComplete(JsonObject request)
    {
        var code = request.Text("code") ?? "";
        var status = CellText.Completeness(code, Submissions.Dialect);
        var reply = new JsonObject { ["status"] = status };
        if (status == "incomplete")
            reply["indent"] = CellText.NextIndent(code);
        return reply;
    }

    private static (string Code, int Position) Place(JsonObject request)
    {
        var code = request.Text("code") ?? "";
        return (code, CodePoints.ToIndex(code, request.Number("cursor_pos") ?? int.MaxValue));
    }
}
