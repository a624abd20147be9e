using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Notebooks;

namespace NotebookHost.Display;

/// <summary>An output in several representations: a front end shows the richest one that it supports.</summary>
public sealed class MimeBundle
{
    /// <summary>The MIME type of plain text, which every bundle contains.</summary>
    public const string PlainTextType = "text/plain";

    private readonly Dictionary<string, string> _data = new(StringComparer.Ordinal);

    internal MimeBundle(IEnumerable<KeyValuePair<string, string>> data)
    {
        foreach (var (mimeType, text) in data)
            _data[mimeType] = text;
        if (!_data.ContainsKey(PlainTextType))
            _data[PlainTextType] = PlainTextTwin(_data);
    }

    /// <summary>Returns a bundle of text of a MIME type.</summary>
    internal static MimeBundle Raw(string text, string mimeType) => new([KeyValuePair.Create(mimeType, text)]);

    /// <summary>Gets the MIME types, the richest first.</summary>
    public IReadOnlyCollection<string> MimeTypes => _data.Keys;

    /// <summary>Gets the representation for terminals and diffs.</summary>
    public string PlainText => _data[PlainTextType];

    /// <summary>Gets the number of characters of all representations.</summary>
    internal long Length => _data.Values.Sum(text => (long)text.Length);

    /// <summary>Returns a representation as text; JSON types as JSON text.</summary>
    /// <exception cref="KeyNotFoundException">The bundle has no such representation.</exception>
    public string this[string mimeType] => _data[mimeType];

    /// <summary>Returns the bundle as the "data" of a notebook's output: text as lines, binary types as a string, JSON types as JSON values.</summary>
    /// <remarks>Jupyter writes the same form, so that saving an opened notebook does not change it.</remarks>
    public JsonObject ToJson() => ToJson(MultilineText.Split);

    /// <summary>Returns the bundle as the "data" of a message: text as one string, JSON types as JSON values.</summary>
    internal JsonObject ToMessageData() => ToJson(text => text);

    /// <summary>Returns the bundle in the form of the framework's events.</summary>
    internal IReadOnlyList<FormattedValue> ToFormattedValues() => [.. _data.Select(entry => new FormattedValue(entry.Key, entry.Value))];

    private JsonObject ToJson(Func<string, JsonNode> textNode)
    {
        var json = new JsonObject();
        foreach (var (mimeType, text) in _data.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            json[mimeType] = IsJson(mimeType) ? ParseOrQuote(text) : IsText(mimeType) ? textNode(text) : text;
        return json;
    }

    private static bool IsText(string mimeType)
        => mimeType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || mimeType is "image/svg+xml" or "application/javascript";

    private static bool IsJson(string mimeType)
        => mimeType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || mimeType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    private static JsonNode? ParseOrQuote(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string PlainTextTwin(Dictionary<string, string> data)
    {
        foreach (var mimeType in (string[])["text/markdown", "text/latex", "text/csv"])
        {
            if (data.TryGetValue(mimeType, out var source))
                return source;
        }
        var visible = data.TryGetValue("text/html", out var html) ? HtmlText.Visible(html) : "";
        return visible.Length > 0 ? visible : $"[{string.Join(", ", data.Keys)}]";
    }
}
