using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Export;

/// <summary>One output of a code cell: a view on its JSON that takes whatever a file holds.</summary>
internal sealed class StoredOutput
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    private readonly JsonObject _json;

    private StoredOutput(JsonObject json) => _json = json;

    public bool IsStream => Type == "stream";

    public bool IsError => Type == "error";

    /// <summary>Gets whether a stream is the one for errors.</summary>
    public bool IsErrorStream => Text("name") == "stderr";

    /// <summary>Gets a stream's text.</summary>
    public string StreamText => Text("text") ?? "";

    /// <summary>Gets the text of an error: its traceback, or its name and message where it has none.</summary>
    public string ErrorText
    {
        get
        {
            var lines = (_json["traceback"] as JsonArray ?? []).Select(MultilineText.Join).OfType<string>().ToList();
            return lines.Count > 0 ? string.Join('\n', lines) : $"{Text("ename")}: {Text("evalue")}";
        }
    }

    /// <summary>Gets the mime types of what is shown; none for streams and errors.</summary>
    public IEnumerable<string> MimeTypes => Data.Where(entry => entry.Value is not null).Select(entry => entry.Key);

    private string? Type => Text("output_type");

    private JsonObject Data => _json["data"] as JsonObject ?? [];

    public static IEnumerable<StoredOutput> Of(NotebookCell cell)
        => cell.Outputs.OfType<JsonObject>().Select(json => new StoredOutput(json));

    /// <summary>Returns what is shown, in one mime type: text as it is, any other JSON value as JSON text; null where there is none.</summary>
    public string? In(string mimeType)
        => !Data.TryGetPropertyValue(mimeType, out var value) || value is null ? null
            : MultilineText.Join(value) ?? value.ToJsonString(_indented);

    private string? Text(string name) => MultilineText.Join(_json[name]);
}
