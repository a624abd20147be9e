using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace NotebookHost.Notebooks;

/// <summary>
/// A notebook of nbformat 4, as a view of its JSON: reading and writing preserve unknown fields and the order of
/// all fields.
/// </summary>
public sealed class NotebookDocument
{
    private static readonly string[] _csharp = ["c#", "csharp", "polyglot-notebook"];

    private readonly JsonObject _json;
    private readonly List<NotebookCell> _cells;

    internal NotebookDocument(JsonObject json, List<NotebookCell> cells)
    {
        _json = json;
        _cells = cells;
        RaiseVersion();
        NameCells();
    }

    /// <summary>Gets the cells in order.</summary>
    public IReadOnlyList<NotebookCell> Cells => _cells;

    /// <summary>Gets the code cells in order.</summary>
    public IEnumerable<NotebookCell> CodeCells => _cells.Where(cell => cell.Kind == CellKind.Code);

    /// <summary>Gets the notebook's metadata: kernelspec, language_info and entries of front ends.</summary>
    public JsonObject Metadata => (JsonObject)_json["metadata"]!;

    /// <summary>Gets the language in the metadata; null if there is none.</summary>
    public string? Language => Text("kernelspec", "language") ?? Text("language_info", "name");

    /// <summary>Gets a value that indicates whether the language is C#, by any of its names in front ends. A notebook without a language is a C# notebook.</summary>
    public bool IsCSharp => Language is not { } language || _csharp.Contains(language, StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns an empty C# notebook.</summary>
    public static NotebookDocument Create(params IEnumerable<NotebookCell> cells)
    {
        var document = NotebookReader.Parse("""
            {
             "cells": [],
             "metadata": {
              "kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"},
              "language_info": {"file_extension": ".cs", "mimetype": "text/x-csharp", "name": "C#", "pygments_lexer": "csharp"}
             },
             "nbformat": 4,
             "nbformat_minor": 5
            }
            """u8, "notebook");
        foreach (var cell in cells)
            document.Insert(document.Cells.Count, cell);
        return document;
    }

    /// <summary>Reads a notebook from a file: a .dib file if its name has this extension, otherwise an .ipynb file.</summary>
    /// <exception cref="NotebookFormatException">The file is neither a notebook of nbformat 4 nor a .dib.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NotebookDocument Read(string path)
        => IsDib(path) ? DibReader.Parse(File.ReadAllBytes(path), path) : NotebookReader.Parse(File.ReadAllBytes(path), path);

    /// <summary>Returns whether a file has the extension .dib. Such files are read but never written.</summary>
    internal static bool IsDib(string path) => path.EndsWith(".dib", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a notebook from text.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="name">The name of the notebook in error messages.</param>
    /// <exception cref="NotebookFormatException">The text is not a notebook of nbformat 4.</exception>
    public static NotebookDocument Parse(string json, string name = "notebook")
        => NotebookReader.Parse(Encoding.UTF8.GetBytes(json), name);

    /// <summary>Inserts a cell at an index and sets its id if it has none.</summary>
    public void Insert(int index, NotebookCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        _cells.Insert(index, cell);
        ((JsonArray)_json["cells"]!).Insert(index, cell.Json);
        NameCells();
    }

    /// <summary>Removes a cell.</summary>
    public void RemoveAt(int index)
    {
        _cells.RemoveAt(index);
        ((JsonArray)_json["cells"]!).RemoveAt(index);
    }

    /// <summary>Returns the notebook's JSON in the canonical form of Jupyter, in nbformat 4.5.</summary>
    public string ToJson() => CanonicalJson.Write(_json);

    /// <summary>Writes the notebook atomically: after a crash, the file has either its old or its new content.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteAllText(path, ToJson());

    private string? Text(string owner, string name) => Metadata[owner] is JsonObject json ? MultilineText.Join(json[name]) : null;

    private void RaiseVersion()
    {
        if (_json["nbformat_minor"]!.GetValue<int>() < 5)
            _json["nbformat_minor"] = 5;
    }

    // ids are derived from the index and the text, so that two runs of the same notebook write the same file
    private void NameCells()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < _cells.Count; i++)
        {
            var cell = _cells[i];
            if (cell.Id.Length > 0 && taken.Add(cell.Id))
                continue;
            var attempt = 0;
            do
            {
                var seed = $"{i}/{attempt++}/{cell.Source}";
                cell.Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 4));
            }
            while (!taken.Add(cell.Id));
        }
    }
}
