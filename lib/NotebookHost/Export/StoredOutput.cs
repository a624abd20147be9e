using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Export;

/// <summary>An output of a code cell, as a view of its JSON that accepts any content.</summary>
internal sealed class StoredOutput
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    private readonly JsonObject _json;

    private StoredOutput(JsonObject json) => _json = json;

    public bool IsStream => Type == "stream";

    public bool IsError => Type == "error";

    /// <summary>Gets a value that indicates whether a stream is the standard error stream.</summary>
    public bool IsErrorStream => Text("name") == "stderr";

    /// <summary>Gets the text of a stream.</summary>
    public string StreamText => Text("text") ?? "";

    /// <summary>Gets the text of an error: its traceback, or its name and message if it has no traceback.</summary>
    public string ErrorText
    {
        get
        {
            var lines = (_json["traceback"] as JsonArray ?? []).Select(MultilineText.Join).OfType<string>().ToList();
            return lines.Count > 0 ? string.Join('\n', lines) : $"{Text("ename")}: {Text("evalue")}";
        }
    }

    /// <summary>Gets the MIME types of the output; empty for streams and errors.</summary>
    public IEnumerable<string> MimeTypes => Data.Where(entry => entry.Value is not null).Select(entry => entry.Key);

    private string? Type => Text("output_type");

    private JsonObject Data => _json["data"] as JsonObject ?? [];

    public static IEnumerable<StoredOutput> Of(NotebookCell cell)
        => cell.Outputs.OfType<JsonObject>().Select(json => new StoredOutput(json));

    /// <summary>Returns the representation of a MIME type: strings unchanged, other JSON values as JSON text; null for none.</summary>
    public string? In(string mimeType)
        => !Data.TryGetPropertyValue(mimeType, out var value) || value is null ? null
            : MultilineText.Join(value) ?? value.ToJsonString(_indented);

    private string? Text(string name) => MultilineText.Join(_json[name]);
}
