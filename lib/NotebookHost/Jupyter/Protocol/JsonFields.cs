using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookHost.Jupyter.Protocol;

/// <summary>Reads fields of messages; a front end may omit them or use another type.</summary>
internal static class JsonFields
{
    /// <summary>Returns a string; null if there is none.</summary>
    public static string? Text(this JsonObject json, string name)
        => json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>Returns a Boolean value, or the default value if there is none.</summary>
    public static bool Flag(this JsonObject json, string name, bool missing)
        => json[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : missing;

    /// <summary>Returns an integer; null if there is none.</summary>
    public static int? Number(this JsonObject json, string name)
        => json[name] is JsonValue value && value.TryGetValue(out int number) ? number : null;
}
