using System.Text.Json.Nodes;

namespace NotebookHost.Notebooks;

/// <summary>One cell: a view on its JSON, in which everything not named here stays as it was read.</summary>
public sealed class NotebookCell
{
    internal NotebookCell(JsonObject json, CellKind kind)
    {
        Json = json;
        Kind = kind;
    }

    /// <summary>What the cell holds.</summary>
    public CellKind Kind { get; }

    /// <summary>The cell's JSON.</summary>
    public JsonObject Json { get; }

    /// <summary>The cell's identifier, unique in its notebook; empty only before the document gives it one.</summary>
    public string Id
    {
        get => MultilineText.Join(Json["id"]) ?? "";
        set => Put(Json, "id", value);
    }

    /// <summary>The text, with "\n" between lines.</summary>
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

    /// <summary>The cell's metadata, which front ends extend at will.</summary>
    public JsonObject Metadata => (JsonObject)Json["metadata"]!;

    /// <summary>The cell's tags, in order.</summary>
    public IReadOnlyList<string> Tags
        => Metadata["tags"] is JsonArray tags ? [.. tags.Select(MultilineText.Join).OfType<string>()] : [];

    /// <summary>The number that the cell had when it last ran; null when it has not run. Code cells only.</summary>
    public int? ExecutionCount
    {
        get => Json["execution_count"] is JsonValue value && value.TryGetValue(out int count) ? count : null;
        set => Put(Json, "execution_count", value);
    }

    /// <summary>The outputs, as nbformat has them. Code cells only.</summary>
    /// <exception cref="InvalidOperationException">The cell is no code cell.</exception>
    public JsonArray Outputs
        => Json["outputs"] as JsonArray ?? throw new InvalidOperationException($"A {Kind} cell has no outputs.");

    /// <summary>Whether the cell carries this tag.</summary>
    public bool HasTag(string tag) => Tags.Contains(tag, StringComparer.Ordinal);

    /// <summary>A new code cell that has not run.</summary>
    public static NotebookCell Code(string source, params IReadOnlyList<string> tags) => Create(CellKind.Code, source, tags);

    /// <summary>A new cell of prose.</summary>
    public static NotebookCell Markdown(string source, params IReadOnlyList<string> tags) => Create(CellKind.Markdown, source, tags);

    /// <summary>Sets a member: in its place when it exists, else where the alphabet, Jupyter's order, puts it.</summary>
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
