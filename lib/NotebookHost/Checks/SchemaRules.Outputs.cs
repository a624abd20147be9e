using System.Text.Json.Nodes;

namespace NotebookHost.Checks;

internal sealed partial class SchemaRules
{
    private static readonly Dictionary<string, string[]> _outputMembers = new(StringComparer.Ordinal)
    {
        ["execute_result"] = ["data", "execution_count", "metadata", "output_type"],
        ["display_data"] = ["data", "metadata", "output_type"],
        ["stream"] = ["name", "output_type", "text"],
        ["error"] = ["ename", "evalue", "output_type", "traceback"],
    };

    private void CheckOutput(JsonNode? node, string what, string place)
    {
        if (node is not JsonObject output)
        {
            Report(place, $"{what} is not an object");
            return;
        }
        place = $"{place}, {what}";
        var type = AsString(output["output_type"]) ?? "";
        if (!_outputMembers.TryGetValue(type, out var members))
        {
            Report(place, $"'output_type' is {Text(output["output_type"])}; valid types: {string.Join(", ", _outputMembers.Keys)}");
            return;
        }
        AllowOnly(output, members, place);
        switch (type)
        {
            case "stream":
                RequireStrings(output, type, ["name"], place);
                CheckMultiline(output["text"], "text", place);
                break;
            case "error":
                RequireStrings(output, type, ["ename", "evalue"], place);
                if (output["traceback"] is not JsonArray traceback || !traceback.All(IsString))
                    Report(place, "'traceback' is not a list of strings");
                break;
            default:
                CheckBundle(output["data"], "data", place);
                if (output["metadata"] is not JsonObject)
                    Report(place, "'metadata' is not an object");
                if (type == "execute_result" && !IsCount(output, "execution_count"))
                    Report(place, $"'execution_count' is {Text(output["execution_count"])}; it must be a number or null");
                break;
        }
    }

    private void CheckBundle(JsonNode? node, string what, string place)
    {
        if (node is not JsonObject bundle)
        {
            Report(place, $"{Quoted(what)} is not an object");
            return;
        }
        foreach (var (mimeType, content) in bundle)
        {
            var isJson = mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
            if (!isJson && !IsMultiline(content))
                Report(place, $"{Quoted(what)} contains {mimeType} that is neither a string nor a list of strings");
        }
    }
}
