using NotebookHost.Notebooks;

namespace NotebookHost.Hygiene;

/// <summary>What reports call a cell: code cells by the number that a run gives them, all others by their own.</summary>
internal static class CellPlace
{
    public static IEnumerable<(NotebookCell Cell, string Place)> All(NotebookDocument document)
    {
        var counts = new Dictionary<CellKind, int>();
        foreach (var cell in document.Cells)
        {
            // a run leaves blank cells out
            if (string.IsNullOrWhiteSpace(cell.Source))
                continue;
            var number = counts[cell.Kind] = counts.GetValueOrDefault(cell.Kind) + 1;
            var kind = cell.Kind == CellKind.Code ? "" : cell.Kind.ToString().ToLowerInvariant() + " ";
            yield return (cell, $"{kind}cell {number} ({cell.Id})");
        }
    }
}
