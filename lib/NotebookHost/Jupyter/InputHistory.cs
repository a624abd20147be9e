using System.IO.Enumeration;
using System.Text.Json.Nodes;
using NotebookHost.Jupyter.Protocol;

namespace NotebookHost.Jupyter;

/// <summary>The cells that this kernel has run, for the history of front ends.</summary>
internal sealed class InputHistory
{
    private readonly List<(int Line, string Code)> _inputs = [];

    public void Add(int executionCount, string code) => _inputs.Add((executionCount, code));

    /// <summary>Answers a history_request. The history does not contain cells of earlier sessions.</summary>
    public JsonArray Find(JsonObject request)
    {
        IEnumerable<(int Line, string Code)> found = _inputs;
        switch (request.Text("hist_access_type"))
        {
            case "range" when request.Number("session") is { } session and not 0:
                found = [];
                break;
            case "range":
                var (start, stop) = (request.Number("start") ?? 0, request.Number("stop") ?? int.MaxValue);
                found = found.Where(input => input.Line >= start && input.Line < stop);
                break;
            case "search" when request.Text("pattern") is { } pattern:
                found = found.Where(input => FileSystemName.MatchesSimpleExpression(pattern, input.Code, ignoreCase: false));
                break;
        }
        if (request.Flag("unique", missing: false))
            found = found.Reverse().DistinctBy(input => input.Code).Reverse();
        if (request.Text("hist_access_type") != "range" && request.Number("n") is { } most and >= 0)
            found = found.TakeLast(most);

        var withOutput = request.Flag("output", missing: false);
        return new JsonArray([.. found.Select(input => new JsonArray(
            0, input.Line, withOutput ? new JsonArray(input.Code, null) : (JsonNode)input.Code))]);
    }
}
