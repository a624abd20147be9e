using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookHost.Jupyter.Protocol;

/// <summary>Reads fields that a careless front end may have left out or filled with something else.</summary>
internal static class JsonFields
{
    /// <summary>A text; null when there is none.</summary>
    public static string? Text(this JsonObject json, string name)
        => json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A truth value, or what it is by default.</summary>
    public static bool Flag(this JsonObject json, string name, bool missing)
        => json[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : missing;

    /// <summary>A whole number; null when there is none.</summary>
    public static int? Number(this JsonObject json, string name)
        => json[name] is JsonValue value && value.TryGetValue(out int number) ? number : null;
}
