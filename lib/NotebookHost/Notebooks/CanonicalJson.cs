using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookHost.Notebooks;

/// <summary>
/// Writes JSON as Jupyter does, so that both write the same text:
/// an indent of one space, no unnecessary escapes, a newline at the end.
/// </summary>
internal static class CanonicalJson
{
    // every encoder of Utf8JsonWriter escapes characters beyond the basic plane, such as emoji
    private static readonly SearchValues<char> _escaped =
        SearchValues.Create(string.Concat(Enumerable.Range(0, 0x20).Select(code => (char)code)) + "\"\\");

    public static string Write(JsonNode node)
    {
        var text = new StringBuilder();
        WriteNode(text, node, 0);
        return text.Append('\n').ToString();
    }

    private static void WriteNode(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject { Count: 0 }:
                text.Append("{}");
                break;
            case JsonArray { Count: 0 }:
                text.Append("[]");
                break;
            case JsonObject members:
                text.Append('{');
                var first = true;
                foreach (var (name, value) in members)
                {
                    NextLine(text, depth + 1, ref first);
                    WriteString(text, name);
                    text.Append(": ");
                    WriteNode(text, value, depth + 1);
                }
                text.Append('\n').Append(' ', depth).Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                var firstItem = true;
                foreach (var item in items)
                {
                    NextLine(text, depth + 1, ref firstItem);
                    WriteNode(text, item, depth + 1);
                }
                text.Append('\n').Append(' ', depth).Append(']');
                break;
            default:
                if (node.GetValueKind() == JsonValueKind.String)
                    WriteString(text, node.GetValue<string>());
                else
                    text.Append(node.ToJsonString());
                break;
        }
    }

    private static void NextLine(StringBuilder text, int depth, ref bool first)
    {
        text.Append(first ? "\n" : ",\n").Append(' ', depth);
        first = false;
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        var rest = value.AsSpan();
        for (var next = rest.IndexOfAny(_escaped); next >= 0; next = rest.IndexOfAny(_escaped))
        {
            text.Append(rest[..next]).Append(Escape(rest[next]));
            rest = rest[(next + 1)..];
        }
        text.Append(rest).Append('"');
    }

    private static string Escape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        '\f' => @"\f",
        '\b' => @"\b",
        _ => $@"\u{(int)character:x4}",
    };
}
