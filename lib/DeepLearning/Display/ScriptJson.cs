using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace DeepLearning.Display;

/// <summary>JSON settings for content inside a script element.</summary>
internal static class ScriptJson
{
    /// <summary>Gets the encoder, which keeps Chinese names legible, and escapes &lt;, &gt; and &amp;.</summary>
    internal static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.Create(UnicodeRanges.All);

    internal static JsonSerializerOptions Options { get; } = new() { Encoder = Encoder };

    internal static JsonArray Array<T>(IEnumerable<T> values, Func<T, JsonNode?> convert) => [.. values.Select(convert)];

    /// <summary>Returns a number; null if it is not finite, because JSON has no such number.</summary>
    internal static JsonValue? Number(double value) =>
        !double.IsFinite(value) ? null : value == (float)value ? JsonValue.Create((float)value) : JsonValue.Create(value);
}
