using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace NotebookHost.Notebooks;

/// <summary>Reads a notebook from the bytes of a file.</summary>
internal static class NotebookReader
{
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false, MaxDepth = 256 };

    public static NotebookDocument Parse(ReadOnlySpan<byte> file, string name)
    {
        if (ParseJson(file, name) is not JsonObject root)
            throw Refuse(name, "is JSON but not a notebook: its outermost value is not an object");
        var cells = ReadCells(root, name);
        if (root["metadata"] is null)
            NotebookCell.Put(root, "metadata", new JsonObject());
        else if (root["metadata"] is not JsonObject)
            throw Refuse(name, "has 'metadata' that is not an object");
        return new NotebookDocument(root, cells);
    }

    public static JsonNode? ParseJson(ReadOnlySpan<byte> file, string name)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (file.StartsWith(mark))
            file = file[mark.Length..];
        if (file.Trim(" \t\r\n"u8).IsEmpty)
            throw Refuse(name, "is empty");
        if (!Utf8.IsValid(file) || file.Contains((byte)0))
            throw Refuse(name, "is not text in UTF-8; a notebook is a JSON file");
        try
        {
            // check this first, because the parser reports it with less helpful messages
            RefuseBrokenText(file, name);
            return JsonNode.Parse(file, nodeOptions: null, _strict);
        }
        catch (JsonException error)
        {
            throw new NotebookFormatException($"{name} {WhatIsWrong(file, error)}.", error);
        }
    }

    private static string WhatIsWrong(ReadOnlySpan<byte> file, JsonException error)
    {
        if (file.StartsWith("version https://git-lfs.github.com/"u8))
            return "is a Git LFS pointer, not the notebook. Get the notebook with: git lfs pull";
        if (file.IndexOf("\n<<<<<<< "u8) is >= 0 and var conflict)
            return $"has a merge conflict at line {file[..(conflict + 1)].Count((byte)'\n') + 1}. Resolve the conflict";
        if (IsIncomplete(file))
            return $"is not valid JSON: it is incomplete and ends at line {file.Count((byte)'\n') + 1}. Restore the file";
        var line = error.LineNumber is { } number ? $" at line {number + 1}" : "";
        return $"is not valid JSON{line}: {error.Message.Split(" LineNumber:", 2)[0].TrimEnd('.')}. Restore the file or correct that line";
    }

    /// <summary>Returns whether the text is the beginning of valid JSON.</summary>
    private static bool IsIncomplete(ReadOnlySpan<byte> file)
    {
        var reader = new Utf8JsonReader(file, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = _strict.MaxDepth }));
        try
        {
            while (reader.Read())
            {
                // the next value
            }
            return reader.CurrentDepth > 0 || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // JSON can contain half of a surrogate pair, which cannot be written as text
    private static void RefuseBrokenText(ReadOnlySpan<byte> file, string name)
    {
        var reader = new Utf8JsonReader(file, new JsonReaderOptions { MaxDepth = _strict.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || reader.ValueSpan.IndexOf("\\u"u8) < 0)
                continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException error)
            {
                var line = file[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
                throw new NotebookFormatException($"{name} contains a lone surrogate (\\ud800 to \\udfff) at line {line}. Correct that line.", error);
            }
        }
    }

    private static List<NotebookCell> ReadCells(JsonObject root, string name)
    {
        var version = Integer(root["nbformat"])
            ?? throw Refuse(name, "is JSON but not a notebook: it has no 'nbformat'");
        if (version != 4)
        {
            throw Refuse(name, version > 4
                ? $"has nbformat {version}, which is newer than the supported nbformat 4; save it as nbformat 4"
                : $"has nbformat {version}, but only nbformat 4 is supported. Convert it with: jupyter nbconvert --to notebook");
        }
        if (Integer(root["nbformat_minor"]) is null)
            throw Refuse(name, "has no 'nbformat_minor'");
        if (root["cells"] is not JsonArray items)
            throw Refuse(name, "has no list of 'cells'");
        var cells = new List<NotebookCell>(items.Count);
        foreach (var item in items)
            cells.Add(ReadCell(item, $"{name}: cell {cells.Count + 1}"));
        return cells;
    }

    private static NotebookCell ReadCell(JsonNode? item, string where)
    {
        if (item is not JsonObject json)
            throw Refuse(where, "is not an object");
        var type = Text(json["cell_type"]);
        CellKind kind = type switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            null => throw Refuse(where, "has no 'cell_type'"),
            _ => throw Refuse(where, $"has the cell_type '{type}'; valid types are code, markdown and raw"),
        };
        if (Text(json["source"]) is null)
            throw Refuse(where, "has no 'source' that is a string or a list of strings");
        if (json["id"] is { } id && Text(id) is null)
            throw Refuse(where, "has an 'id' that is not a string");
        RequireOrAdd(json, "metadata", new JsonObject(), where, "an object");
        if (kind == CellKind.Code)
        {
            RequireOrAdd(json, "outputs", new JsonArray(), where, "a list");
            if (!json.ContainsKey("execution_count"))
                NotebookCell.Put(json, "execution_count", null);
        }
        var cell = new NotebookCell(json, kind);
        if (!MultilineText.LacksLineBreaks(json["source"]))
            cell.Source = cell.Source;
        Translation.SplitLines(cell);
        return cell;
    }

    private static void RequireOrAdd<T>(JsonObject json, string member, T empty, string where, string what)
        where T : JsonNode
    {
        if (!json.ContainsKey(member))
            NotebookCell.Put(json, member, empty);
        else if (json[member] is not T)
            throw Refuse(where, $"has '{member}' that is not {what}");
    }

    private static int? Integer(JsonNode? node)
        => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out int number) ? number : null;

    private static string? Text(JsonNode? node)
    {
        try
        {
            return MultilineText.Join(node);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static NotebookFormatException Refuse(string what, string verdict) => new($"{what} {verdict.TrimEnd('.')}.");
}
