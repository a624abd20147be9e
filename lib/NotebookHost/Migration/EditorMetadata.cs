using System.Text.Json.Nodes;
using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Migration;

/// <summary>The metadata about a notebook's languages that the retired editor and its kernel write.</summary>
internal static class EditorMetadata
{
    private const string Polyglot = "polyglot_notebook";
    private const string Interactive = "dotnet_interactive";

    // the names of this host's kernel in front ends
    private static readonly string[] _kernels = [".net-csharp", "csharp"];

    /// <summary>Returns the language of cells without a language, as the name of its magic command; null if the notebook does not specify one.</summary>
    public static string? DefaultLanguage(NotebookDocument document)
    {
        string?[] names =
        [
            Text(document.Metadata[Polyglot]?["kernelInfo"]?["defaultKernelName"]),
            Text(document.Metadata["kernelInfo"]?["defaultKernelName"]),
            Text(document.Metadata[Polyglot]?["defaultKernelName"]),
            document.Language is { } language && !document.IsCSharp ? language : null,
        ];
        return names.FirstOrDefault(name => name is not null) is { } chosen ? MagicNames.Canonical(chosen) : null;
    }

    /// <summary>Returns the language of a cell in the metadata of the editor; null if there is none.</summary>
    public static string? Language(NotebookCell cell)
        => (Text(cell.Metadata[Polyglot]?["kernelName"]) ?? Text(cell.Metadata[Interactive]?["language"])) is { } name
            ? MagicNames.Canonical(name)
            : null;

    /// <summary>Returns the kernels that the notebook lists, including C#.</summary>
    public static IEnumerable<string> Kernels(NotebookDocument document)
        => ((document.Metadata[Polyglot]?["kernelInfo"]?["items"] ?? document.Metadata["kernelInfo"]?["items"]) as JsonArray ?? [])
            .Select(item => item is JsonObject kernel ? Text(kernel["name"]) : null)
            .OfType<string>()
            .Select(MagicNames.Canonical);

    /// <summary>Replaces the metadata with those of a C# notebook that any editor opens.</summary>
    /// <returns>The changes.</returns>
    public static IEnumerable<Finding> Replace(NotebookDocument document)
    {
        var fresh = NotebookDocument.Create().Metadata;
        var kernel = Text(document.Metadata["kernelspec"]?["name"]);
        if (!_kernels.Contains(kernel, StringComparer.Ordinal))
        {
            NotebookCell.Put(document.Metadata, "kernelspec", fresh["kernelspec"]!.DeepClone());
            yield return new Finding(FindingKind.Editor, null, kernel is null
                ? "specifies no kernel; set to .net-csharp, the name of this kernel"
                : $"specifies the kernel {kernel}, which is not available; set to .net-csharp, the name of this kernel");
        }
        if (Text(document.Metadata["language_info"]?["name"]) == "polyglot-notebook")
        {
            NotebookCell.Put(document.Metadata, "language_info", fresh["language_info"]!.DeepClone());
            yield return new Finding(FindingKind.Editor, null, "specifies the language polyglot-notebook, which only the retired editor supports; set to C#");
        }
        if (document.Cells.Count(Forget) + Removed(document.Metadata) > 0)
            yield return new Finding(FindingKind.Editor, null, "contains metadata of the retired editor, which are removed");
    }

    private static bool Forget(NotebookCell cell)
    {
        var removed = Removed(cell.Metadata);
        if (cell.Metadata["vscode"] is JsonObject editor && Text(editor["languageId"]) is "polyglot-notebook" or "dotnet-interactive.csharp")
        {
            editor.Remove("languageId");
            if (editor.Count == 0)
                cell.Metadata.Remove("vscode");
            removed++;
        }
        return removed > 0;
    }

    private static int Removed(JsonObject metadata) => new[] { Polyglot, Interactive, "kernelInfo" }.Count(metadata.Remove);

    private static string? Text(JsonNode? node) => MultilineText.Join(node);
}
