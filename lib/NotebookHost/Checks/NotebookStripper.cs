using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Checks;

/// <summary>
/// Removes what runs and front ends add to a notebook, so that it changes only when its author changes it. Stripping a
/// stripped notebook changes nothing.
/// </summary>
public static class NotebookStripper
{
    private const string KeepTag = "keep_output";

    // what front ends note down of a run, or of how the reader looked at its outputs
    private static readonly string[] _cellMetadata = ["execution", "ExecuteTime", "collapsed", "scrolled", "papermill", "vscode"];
    private static readonly string[] _notebookMetadata = ["widgets", "signature", "papermill", "vscode", "interpreter", "toc"];

    /// <summary>
    /// Removes outputs, execution counts and what front ends record of a run. The outputs of cells tagged "keep_output" stay. The
    /// metadata of a C# notebook name its kernel the same way, whichever front end wrote them.
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

    // Every kernel puts its own name and version there when it opens the notebook
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
