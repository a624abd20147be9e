using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace NotebookHost.Notebooks;

/// <summary>
/// Reads .dib, .NET Interactive's text format of notebooks: lines such as <c>#!csharp</c> or <c>#!markdown</c> begin cells, <c>#!meta</c>
/// begins a JSON object about the notebook. It has no outputs, tags or ids.
/// </summary>
/// <remarks>
/// A C# cell becomes a code cell of its text. A cell of another language becomes a code cell that begins with the line which chose that
/// language, which the session then handles. Any other <c>#!</c> line is a magic of the cell that it stands in.
/// </remarks>
internal static class DibReader
{
    private const string Marker = "#!";
    private const string Meta = "meta";
    private const string Prose = "markdown";
    private const string CSharp = "csharp";

    private static readonly (string Name, string[] Aliases)[] _languages =
    [
        (Prose, ["md"]), (CSharp, ["c#"]), ("fsharp", ["f#"]), ("pwsh", ["powershell"]), ("javascript", ["js"]),
        ("html", []), ("http", []), ("kql", []), ("mermaid", []), ("sql", []), ("value", []),
    ];

    public static NotebookDocument Parse(ReadOnlySpan<byte> file, string name)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (file.StartsWith(mark))
            file = file[mark.Length..];
        if (!Utf8.IsValid(file) || file.Contains((byte)0))
            throw new NotebookFormatException($"{name} is not text in UTF-8; a .dib notebook is a text file.");
        return Parse(Encoding.UTF8.GetString(file).Replace("\r\n", "\n", StringComparison.Ordinal), name);
    }

    private static NotebookDocument Parse(string text, string name)
    {
        var languages = _languages
            .SelectMany(language => language.Aliases.Append(language.Name).Select(alias => (alias, language.Name)))
            .ToDictionary(language => language.alias, language => language.Name, StringComparer.OrdinalIgnoreCase);
        var first = CSharp;
        var cells = new List<NotebookCell>();
        string? current = null;
        var block = new List<string>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var chosen = line.StartsWith(Marker, StringComparison.Ordinal) ? line[Marker.Length..].Trim() : "";
            // the line after the metadata may name a kernel that only they know
            if (current == Meta && chosen.Length > 0)
            {
                EndBlock(number);
                current = null;
            }
            if (chosen != Meta && !languages.ContainsKey(chosen))
            {
                block.Add(line);
                continue;
            }
            EndBlock(number);
            current = chosen == Meta ? Meta : languages[chosen];
        }
        EndBlock(number + 1);
        return NotebookDocument.Create(cells);

        void EndBlock(int nextLine)
        {
            var blank = block.TakeWhile(string.IsNullOrWhiteSpace).Count();
            var begins = nextLine - block.Count + blank;
            var source = string.Join('\n', block.Skip(blank)).TrimEnd();
            block.Clear();
            if (source.Length == 0)
                return;
            if (current == Meta)
                first = ReadMeta(source, name, begins, languages) ?? first;
            else
                cells.Add(Cell(current ?? first, source));
        }
    }

    private static NotebookCell Cell(string language, string source) => language switch
    {
        Prose => NotebookCell.Markdown(source),
        CSharp => NotebookCell.Code(source),
        _ => NotebookCell.Code($"{Marker}{language}\n{source}"),
    };

    // Notebooks may name kernels of their own; their cells begin with those names
    private static string? ReadMeta(string json, string name, int line, Dictionary<string, string> languages)
    {
        JsonNode? meta;
        try
        {
            meta = JsonNode.Parse(json);
        }
        catch (JsonException error)
        {
            var at = line + (error.LineNumber ?? 0);
            throw new NotebookFormatException(
                $"{name}: what follows #!meta is not valid JSON at line {at}. Mend it, or leave #!meta out.", error);
        }
        if ((meta as JsonObject)?["kernelInfo"] is not JsonObject info)
            return null;
        foreach (var item in (info["items"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (MultilineText.Join(item["name"]) is not { Length: > 0 } kernel)
                continue;
            var language = languages.GetValueOrDefault(kernel, kernel);
            foreach (var alias in (item["aliases"] as JsonArray ?? []).Select(MultilineText.Join).OfType<string>().Append(kernel))
                languages.TryAdd(alias, language);
        }
        return MultilineText.Join(info["defaultKernelName"]) is { } chosen ? languages.GetValueOrDefault(chosen) : null;
    }
}
