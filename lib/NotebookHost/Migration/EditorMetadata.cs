using System.Text.Json.Nodes;
using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Migration;

/// <summary>Metadata of the retired editor and its kernel about a notebook's languages.</summary>
internal static class EditorMetadata
{
    private const string Polyglot = "polyglot_notebook";
    private const string Interactive = "dotnet_interactive";

    // by which this host's kernel is known to front ends
    private static readonly string[] _kernels = [".net-csharp", "csharp"];

    /// <summary>Returns the language of cells that say nothing of their own, as its magic is called; null when the notebook names none.</summary>
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

    /// <summary>Returns the language of a cell as the editor noted it down; null when it did not.</summary>
    public static string? Language(NotebookCell cell)
        => (Text(cell.Metadata[Polyglot]?["kernelName"]) ?? Text(cell.Metadata[Interactive]?["language"])) is { } name
            ? MagicNames.Canonical(name)
            : null;

    /// <summary>Returns the kernels that the notebook lists, C# among them.</summary>
    public static IEnumerable<string> Kernels(NotebookDocument document)
        => ((document.Metadata[Polyglot]?["kernelInfo"]?["items"] ?? document.Metadata["kernelInfo"]?["items"]) as JsonArray ?? [])
            .Select(item => item is JsonObject kernel ? Text(kernel["name"]) : null)
            .OfType<string>()
            .Select(MagicNames.Canonical);

    /// <summary>Makes the metadata those of a C# notebook that any editor opens.</summary>
    /// <returns>What was done.</returns>
    public static IEnumerable<Finding> Replace(NotebookDocument document)
    {
        var fresh = NotebookDocument.Create().Metadata;
        var kernel = Text(document.Metadata["kernelspec"]?["name"]);
        if (!_kernels.Contains(kernel, StringComparer.Ordinal))
        {
            NotebookCell.Put(document.Metadata, "kernelspec", fresh["kernelspec"]!.DeepClone());
            yield return new Finding(FindingKind.Editor, null, kernel is null
                ? "names no kernel; .net-csharp is this one's name"
                : $"names the kernel {kernel}, which is not here; .net-csharp is this one's name");
        }
        if (Text(document.Metadata["language_info"]?["name"]) == "polyglot-notebook")
        {
            NotebookCell.Put(document.Metadata, "language_info", fresh["language_info"]!.DeepClone());
            yield return new Finding(FindingKind.Editor, null, "names the language polyglot-notebook, which only the retired editor knows; C# it is");
        }
        if (document.Cells.Count(Forget) + Removed(document.Metadata) > 0)
            yield return new Finding(FindingKind.Editor, null, "keeps notes of the retired editor in its metadata; they go");
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
