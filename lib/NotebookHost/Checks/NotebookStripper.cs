using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Checks;

/// <summary>
/// Removes what runs and front ends add to a notebook, so that only edits change the file. Stripping a
/// stripped notebook has no effect.
/// </summary>
public static class NotebookStripper
{
    private const string KeepTag = "keep_output";

    // metadata of front ends about a run or about the display of outputs
    private static readonly string[] _cellMetadata = ["execution", "ExecuteTime", "collapsed", "scrolled", "papermill", "vscode"];
    private static readonly string[] _notebookMetadata = ["widgets", "signature", "papermill", "vscode", "interpreter", "toc"];

    /// <summary>
    /// Removes outputs, execution counts and metadata that front ends record for a run. The outputs of cells with the tag "keep_output" are kept. The
    /// kernel metadata of C# notebooks are normalized, because front ends write different values.
    /// </summary>
    public static void Strip(NotebookDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        foreach (var cell in document.Cells)
            Strip(cell);
        Remove(document.Metadata, _notebookMetadata);
        if (document is { Language: not null, IsCSharp: true })
            NameKernel(document.Metadata);
    }

    private static void Strip(NotebookCell cell)
    {
        Remove(cell.Metadata, _cellMetadata);
        if (cell.Metadata["jupyter"] is JsonObject jupyter)
        {
            jupyter.Remove("outputs_hidden");
            if (jupyter.Count == 0)
                cell.Metadata.Remove("jupyter");
        }
        if (cell.Kind != CellKind.Code || cell.HasTag(KeepTag))
            return;
        cell.Outputs.Clear();
        cell.ExecutionCount = null;
    }

    private static void Remove(JsonObject metadata, string[] names)
    {
        foreach (var name in names)
            metadata.Remove(name);
    }

    // every kernel writes its name and version when it opens the notebook
    private static void NameKernel(JsonObject metadata)
    {
        var committed = NotebookDocument.Create().Metadata;
        foreach (var name in (string[])["kernelspec", "language_info"])
        {
            if (!JsonNode.DeepEquals(metadata[name], committed[name]))
                NotebookCell.Put(metadata, name, committed[name]!.DeepClone());
        }
    }
}
