using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookHost.Notebooks;

namespace NotebookHost.Checks;

/// <summary>
/// The schema of nbformat 4. Unlike a reader, which stops at the first error, it reports all problems as sentences.
/// </summary>
internal sealed partial class SchemaRules
{
    private static readonly string[] _root = ["cells", "metadata", "nbformat", "nbformat_minor"];
    private static readonly string[] _code = ["cell_type", "execution_count", "id", "metadata", "outputs", "source"];
    private static readonly string[] _prose = ["attachments", "cell_type", "id", "metadata", "source"];

    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private bool _hasIds;

    /// <summary>Returns all problems of a JSON value as a notebook of nbformat 4.</summary>
    public static IReadOnlyList<Problem> Check(JsonNode? notebook)
    {
        var rules = new SchemaRules();
        if (notebook is JsonObject root)
            rules.CheckRoot(root);
        else
            rules.Report(null, "is JSON but not a notebook: its outermost value is not an object");
        return rules._problems;
    }

    private void CheckRoot(JsonObject root)
    {
        if (Integer(root["nbformat"]) is not 4)
            Report(null, $"'nbformat' is {Text(root["nbformat"])}, not 4; {(Integer(root["nbformat"]) > 4 ? "save it as nbformat 4" : "convert it with: jupyter nbconvert --to notebook")}");
        if (Integer(root["nbformat_minor"]) is not >= 0)
            Report(null, $"'nbformat_minor' is {Text(root["nbformat_minor"])}, not a number such as 5");
        _hasIds = Integer(root["nbformat_minor"]) >= 5;
        AllowOnly(root, _root, null);
        CheckNotebookMetadata(root);
        if (root["cells"] is not JsonArray cells)
        {
            Report(null, "'cells' is not a list");
            return;
        }
        for (var i = 0; i < cells.Count; i++)
            CheckCell(cells[i], $"cells[{i}]");
    }

    private void CheckNotebookMetadata(JsonObject root)
    {
        if (root["metadata"] is not JsonObject metadata)
        {
            Report(null, "'metadata' is not an object");
            return;
        }
        foreach (var (owner, required) in ((string, string[])[])[("kernelspec", ["name", "display_name"]), ("language_info", ["name"])])
        {
            if (!metadata.ContainsKey(owner))
                continue;
            if (metadata[owner] is not JsonObject info)
                Report(null, $"'metadata.{owner}' is not an object");
            else
                RequireStrings(info, $"metadata.{owner}", required, null);
        }
        if (metadata.ContainsKey("title") && !IsString(metadata["title"]))
            Report(null, "'metadata.title' is not a string");
        if (metadata.ContainsKey("authors") && metadata["authors"] is not JsonArray)
            Report(null, "'metadata.authors' is not a list");
        if (metadata.ContainsKey(Translation.Member))
            CheckTranslations(metadata[Translation.Member]);
        if (metadata.ContainsKey("orig_nbformat"))
            Report(null, "'metadata.orig_nbformat' is not valid in a file; remove it");
    }

    private void CheckCell(JsonNode? node, string place)
    {
        if (node is not JsonObject cell)
        {
            Report(place, "is not an object");
            return;
        }
        CheckId(cell, place);
        if (AsString(cell["id"]) is { } id)
            place = $"{place} ({id})";
        var type = AsString(cell["cell_type"]);
        if (type is not ("code" or "markdown" or "raw"))
            Report(place, $"'cell_type' is {Text(cell["cell_type"])}; valid types: code, markdown, raw");
        CheckMultiline(cell["source"], "source", place);
        if (type is "code" or "markdown" or "raw")
            AllowOnly(cell, type == "code" ? _code : _prose, place);
        CheckCellMetadata(cell, place);
        if (cell.ContainsKey("attachments"))
            CheckAttachments(cell["attachments"], place);
        if (type == "code")
            CheckCode(cell, place);
    }

    private void CheckId(JsonObject cell, string place)
    {
        if (!_hasIds)
            return;
        if (AsString(cell["id"]) is not { } id)
        {
            Report(place, "has no string 'id', which nbformat 4.5 requires; nb check --fix adds one");
            return;
        }
        if (!ValidId().IsMatch(id))
            Report(place, $"its id '{id}' does not consist of 1 to 64 characters from a-z A-Z 0-9 - _");
        if (!_ids.TryAdd(id, place))
            Report(place, $"has the same id as {_ids[id]}: '{id}'; nb check --fix replaces it");
    }

    private void CheckCellMetadata(JsonObject cell, string place)
    {
        if (cell["metadata"] is not JsonObject metadata)
        {
            Report(place, "'metadata' is not an object");
            return;
        }
        if (metadata.ContainsKey("tags"))
            CheckTags(metadata["tags"], place);
        if (metadata.ContainsKey("collapsed") && !IsBoolean(metadata["collapsed"]))
            Report(place, "'metadata.collapsed' is neither true nor false");
        if (metadata.ContainsKey("scrolled") && !IsBoolean(metadata["scrolled"]) && AsString(metadata["scrolled"]) != "auto")
            Report(place, "'metadata.scrolled' must be true, false or \"auto\"");
        if (metadata.ContainsKey("name") && AsString(metadata["name"]) is null or "")
            Report(place, "'metadata.name' is not a nonempty string");
        if (metadata.ContainsKey(Translation.Member))
            CheckTranslations(cell, metadata[Translation.Member], place);
        foreach (var name in (string[])["jupyter", "execution"])
        {
            if (metadata.ContainsKey(name) && metadata[name] is not JsonObject)
                Report(place, $"'metadata.{name}' is not an object");
        }
    }

    private void CheckTags(JsonNode? node, string place)
    {
        if (node is not JsonArray tags || !tags.All(IsString))
        {
            Report(place, "'metadata.tags' is not a list of strings");
            return;
        }
        var names = tags.Select(AsString).OfType<string>().ToList();
        foreach (var tag in names.Where(tag => tag.Length == 0 || tag.Contains(',', StringComparison.Ordinal)).Distinct())
            Report(place, $"the tag '{tag}' is empty or contains a comma");
        foreach (var tag in names.GroupBy(tag => tag, StringComparer.Ordinal).Where(tag => tag.Count() > 1))
            Report(place, $"has the tag '{tag.Key}' {tag.Count()} times");
    }

    private void CheckAttachments(JsonNode? node, string place)
    {
        if (node is not JsonObject attachments)
        {
            Report(place, "'attachments' is not an object");
            return;
        }
        foreach (var (name, bundle) in attachments)
            CheckBundle(bundle, $"the attachment '{name}'", place);
    }

    private void CheckCode(JsonObject cell, string place)
    {
        if (!IsCount(cell, "execution_count"))
            Report(place, $"'execution_count' is {Text(cell["execution_count"])}; it must be a number or null");
        if (cell["outputs"] is not JsonArray outputs)
        {
            Report(place, "'outputs' is not a list");
            return;
        }
        for (var i = 0; i < outputs.Count; i++)
            CheckOutput(outputs[i], $"output {i + 1}", place);
    }

    private void RequireStrings(JsonObject owner, string what, string[] names, string? place)
    {
        foreach (var name in names)
        {
            if (!IsString(owner[name]))
                Report(place, $"{Quoted(what)} has no string '{name}'");
        }
    }

    private void AllowOnly(JsonObject owner, string[] names, string? place)
    {
        foreach (var (name, _) in owner)
        {
            // cells may have an id before nbformat 4.5, which requires it: readers accept it, and --fix sets the version to 4.5
            if (!names.Contains(name, StringComparer.Ordinal))
                Report(place, $"'{name}' is not defined here in nbformat 4; remove it or move it to 'metadata'");
        }
    }

    private void CheckMultiline(JsonNode? node, string what, string place)
    {
        if (!IsMultiline(node))
            Report(place, $"{Quoted(what)} is neither a string nor a list of strings");
    }

    private void Report(string? place, string message) => _problems.Add(new Problem(place, message));

    private static string Quoted(string what) => what.Contains(' ', StringComparison.Ordinal) ? what : $"'{what}'";

    private static bool IsMultiline(JsonNode? node) => IsString(node) || (node is JsonArray lines && lines.All(IsString));

    private static bool IsString(JsonNode? node) => AsString(node) is not null;

    private static string? AsString(JsonNode? node)
        => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static bool IsBoolean(JsonNode? node) => node?.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    private static bool IsCount(JsonObject owner, string name)
        => owner.ContainsKey(name) && (owner[name] is null || Integer(owner[name]) is >= 0);

    private static int? Integer(JsonNode? node)
        => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out int number) ? number : null;

    private static string Text(JsonNode? node)
    {
        if (node is null)
            return "missing";
        var text = AsString(node) is { } words ? $"'{words}'" : node.ToJsonString();
        return text.Length <= 40 ? text : text[..40] + "…";
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex ValidId();
}
