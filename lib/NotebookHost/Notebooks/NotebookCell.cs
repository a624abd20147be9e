using System.Text.Json.Nodes;

namespace NotebookHost.Notebooks;

/// <summary>A cell, as a view of its JSON. Unknown fields are preserved.</summary>
public sealed class NotebookCell
{
    internal NotebookCell(JsonObject json, CellKind kind)
    {
        Json = json;
        Kind = kind;
    }

    /// <summary>Gets the kind of the cell.</summary>
    public CellKind Kind { get; }

    /// <summary>Gets the cell's JSON.</summary>
    public JsonObject Json { get; }

    /// <summary>Gets the id of the cell, which is unique in its notebook; empty only before the document assigns one.</summary>
    public string Id
    {
        get => MultilineText.Join(Json["id"]) ?? "";
        set => Put(Json, "id", value);
    }

    /// <summary>Gets or sets the text, with "\n" between lines.</summary>
    public string Source
    {
        get => MultilineText.Join(Json["source"]) ?? "";
        set => Put(Json, "source", MultilineText.Split(value));
    }

    /// <summary>
    /// Gets a value that indicates whether the lines are stored without their line breaks, so that the text is one line: probably a mistake of the program that wrote
    /// the notebook. The stored lines do not change until <see cref="Source"/> is set.
    /// </summary>
    public bool LacksLineBreaks => MultilineText.LacksLineBreaks(Json["source"]) || Translation.LackLineBreaks(this);

    /// <summary>Gets the cell's metadata, to which front ends add entries.</summary>
    public JsonObject Metadata => (JsonObject)Json["metadata"]!;

    /// <summary>Gets the cell's tags, in order.</summary>
    public IReadOnlyList<string> Tags
        => Metadata["tags"] is JsonArray tags ? [.. tags.Select(MultilineText.Join).OfType<string>()] : [];

    /// <summary>Gets the number of the cell in its last run; null if it has not run. Code cells only.</summary>
    public int? ExecutionCount
    {
        get => Json["execution_count"] is JsonValue value && value.TryGetValue(out int count) ? count : null;
        set => Put(Json, "execution_count", value);
    }

    /// <summary>Gets the outputs in the form of nbformat. Code cells only.</summary>
    /// <exception cref="InvalidOperationException">The cell is not a code cell.</exception>
    public JsonArray Outputs
        => Json["outputs"] as JsonArray ?? throw new InvalidOperationException($"A {Kind} cell has no outputs.");

    /// <summary>Returns whether the cell has a tag.</summary>
    public bool HasTag(string tag) => Tags.Contains(tag, StringComparer.Ordinal);

    /// <summary>Returns a new code cell that has not run.</summary>
    public static NotebookCell Code(string source, params IReadOnlyList<string> tags) => Create(CellKind.Code, source, tags);

    /// <summary>Returns a new Markdown cell.</summary>
    public static NotebookCell Markdown(string source, params IReadOnlyList<string> tags) => Create(CellKind.Markdown, source, tags);

    /// <summary>Sets a member: in place if it exists, otherwise in alphabetical order, like Jupyter.</summary>
    internal static void Put(JsonObject json, string name, JsonNode? value)
    {
        if (json.ContainsKey(name))
        {
            json[name] = value;
            return;
        }
        var index = 0;
        while (index < json.Count && string.CompareOrdinal(json.GetAt(index).Key, name) < 0)
            index++;
        json.Insert(index, name, value);
    }

    private static NotebookCell Create(CellKind kind, string source, IReadOnlyList<string> tags)
    {
        var metadata = new JsonObject();
        if (tags.Count > 0)
            metadata["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]);
        var json = new JsonObject { ["cell_type"] = kind == CellKind.Code ? "code" : "markdown", ["metadata"] = metadata };
        if (kind == CellKind.Code)
        {
            Put(json, "execution_count", null);
            Put(json, "outputs", new JsonArray());
        }
        return new NotebookCell(json, kind) { Source = source };
    }
}
