using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookHost.Notebooks;

/// <summary>Text in the form of nbformat: one string, or a list of lines with their line breaks.</summary>
internal static class MultilineText
{
    /// <summary>Joins the stored lines; null if the value is neither a string nor a list of strings.</summary>
    public static string? Join(JsonNode? stored)
    {
        if (AsString(stored) is { } text)
            return text;
        if (stored is not JsonArray lines)
            return null;
        var parts = new string[lines.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            if (AsString(lines[i]) is not { } line)
                return null;
            parts[i] = line;
        }
        return string.Concat(parts);
    }

    /// <summary>
    /// Returns whether lines of a list lack their line breaks, so that they would be joined into one line. Such text is not written in another form, because
    /// this would lose the ends of the lines.
    /// </summary>
    public static bool LacksLineBreaks(JsonNode? stored)
        => stored is JsonArray lines && Join(lines) is not null && lines.Zip(lines.Skip(1)).Any(pair => MissesBreak(AsString(pair.First)!, AsString(pair.Second)!));

    /// <summary>Splits the text after each "\n", which remains in its line.</summary>
    public static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var newline = text.IndexOf('\n', start);
            var end = newline < 0 ? text.Length : newline + 1;
            lines.Add((JsonNode)text[start..end]);
            start = end;
        }
        return lines;
    }

    // lines may also begin with their line breaks
    private static bool MissesBreak(string line, string next) => line.Length > 0 && next.Length > 0 && line[^1] != '\n' && next[0] != '\n';

    private static string? AsString(JsonNode? node)
        => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
