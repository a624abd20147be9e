using System.Text.Json.Nodes;

namespace NotebookHost.Notebooks;

/// <summary>A cell: a view on its JSON. Fields that this program does not know stay as they were read.</summary>
public sealed class NotebookCell
{
    internal NotebookCell(JsonObject json, CellKind kind)
    {
        Json = json;
        Kind = kind;
    }

    /// <summary>Gets what the cell holds.</summary>
    public CellKind Kind { get; }

    /// <summary>Gets the cell's JSON.</summary>
    public JsonObject Json { get; }

    /// <summary>Gets the cell's identifier, unique in its notebook; empty only before the document gives it one.</summary>
    public string Id
    {
        get => MultilineText.Join(Json["id"]) ?? "";
        set => Put(Json, "id", value);
    }

    /// <summary>Gets the text, with "\n" between lines.</summary>
    public string Source
    {
        get => MultilineText.Join(Json["source"]) ?? "";
        set => Put(Json, "source", MultilineText.Split(value));
    }

    /// <summary>
    /// Gets whether the cell's lines are stored without their line ends, so that the text is one line: probably a mistake of the program that wrote
    /// the notebook. The stored lines stay as they are until <see cref="Source"/> is set.
    /// </summary>
    public bool IsRunTogether => MultilineText.IsRunTogether(Json["source"]) || Translation.AreRunTogether(this);

    /// <summary>Gets the cell's metadata, to which front ends add entries.</summary>
    public JsonObject Metadata => (JsonObject)Json["metadata"]!;

    /// <summary>Gets the cell's tags, in order.</summary>
    public IReadOnlyList<string> Tags
        => Metadata["tags"] is JsonArray tags ? [.. tags.Select(MultilineText.Join).OfType<string>()] : [];

    /// <summary>Gets the number that the cell had when it last ran; null when it has not run. Code cells only.</summary>
    public int? ExecutionCount
    {
        get => Json["execution_count"] is JsonValue value && value.TryGetValue(out int count) ? count : null;
        set => Put(Json, "execution_count", value);
    }

    /// <summary>Gets the outputs, as nbformat has them. Code cells only.</summary>
    /// <exception cref="InvalidOperationException">The cell is not a code cell.</exception>
    public JsonArray Outputs
        => Json["outputs"] as JsonArray ?? throw new InvalidOperationException($"A {Kind} cell has no outputs.");

    /// <summary>Returns whether the cell carries this tag.</summary>
    public bool HasTag(string tag) => Tags.Contains(tag, StringComparer.Ordinal);

    /// <summary>Returns a new code cell that has not run.</summary>
    public static NotebookCell Code(string source, params IReadOnlyList<string> tags) => Create(CellKind.Code, source, tags);

    /// <summary>Returns a new cell of prose.</summary>
    public static NotebookCell Markdown(string source, params IReadOnlyList<string> tags) => Create(CellKind.Markdown, source, tags);

    /// <summary>Sets a member: in its place when it exists, else in alphabetical order, which is Jupyter's.</summary>
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
