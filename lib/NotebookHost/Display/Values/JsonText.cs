using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookHost.Display.Values;

/// <summary>Writes the JSON values of System.Text.Json and Newtonsoft.Json.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions _oneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the JSON of a value, indented; null for other values.</summary>
    public static string? Of(object value) => Of(value, _indented);

    /// <summary>Returns the JSON of a value in one line; null for other values.</summary>
    public static string? OneLine(object value) => Of(value, _oneLine);

    private static string? Of(object value, JsonSerializerOptions options) => value switch
    {
        JsonNode node => node.ToJsonString(options),
        JsonDocument document => JsonSerializer.Serialize(document.RootElement, options),
        JsonElement element => JsonSerializer.Serialize(element, options),
        _ => IsToken(value.GetType()) ? Of(value.ToString()!, isOneLine: options == _oneLine) : null,
    };

    // the text of a token is indented JSON, except for a single value
    private static string Of(string text, bool isOneLine)
        => isOneLine && (text.StartsWith('{') || text.StartsWith('[')) ? string.Join(' ', text.Split('\n').Select(line => line.Trim())) : text;

    // the host does not reference Newtonsoft.Json
    private static bool IsToken(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.FullName == "Newtonsoft.Json.Linq.JToken")
                return true;
        }
        return false;
    }
}
