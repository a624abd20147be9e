using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace NotebookHost.Notebooks;

/// <summary>
/// Reads .dib files, the text format of notebooks in .NET Interactive: lines such as <c>#!csharp</c> or <c>#!markdown</c> begin cells, and <c>#!meta</c>
/// begins a JSON object with metadata of the notebook. The format has no outputs, tags or ids.
/// </summary>
/// <remarks>
/// A C# cell becomes a code cell with its text. A cell in another language becomes a code cell that begins with the line that selects the
/// language, which the session handles. Any other <c>#!</c> line is a magic command of its cell.
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
            // the line after the metadata may select a kernel that is defined only in the metadata
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

    // notebooks can define kernels; their cells begin with the names of these kernels
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
                $"{name}: the text after #!meta is not valid JSON at line {at}. Correct it, or remove #!meta.", error);
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
