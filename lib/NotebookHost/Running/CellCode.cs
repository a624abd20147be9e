using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Running;

/// <summary>Returns the code that a session runs for a cell.</summary>
internal static class CellCode
{
    private static readonly string[] _csharp = ["csharp", "c#"];

    /// <summary>Returns the text of a cell. If Polyglot Notebooks stored a language other than C# in the metadata, the first line selects the language.</summary>
    public static string Of(NotebookCell cell)
    {
        var language = Text(cell, "polyglot_notebook", "kernelName") ?? Text(cell, "dotnet_interactive", "language");
        return language is null || _csharp.Contains(language, StringComparer.OrdinalIgnoreCase) || cell.Source.StartsWith("#!", StringComparison.Ordinal)
            ? cell.Source
            : $"#!{language}\n{cell.Source}";
    }

    private static string? Text(NotebookCell cell, string owner, string name)
        => cell.Metadata[owner] is JsonObject json && json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
