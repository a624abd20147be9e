using NotebookHost.Notebooks;

namespace NotebookHost.Checks;

/// <summary>The names of cells in reports: code cells have the numbers of a run, other cells are numbered by kind.</summary>
internal static class CellLocation
{
    public static IEnumerable<(NotebookCell Cell, string Place)> All(NotebookDocument document)
    {
        var counts = new Dictionary<CellKind, int>();
        foreach (var cell in document.Cells)
        {
            // a run skips blank cells
            if (string.IsNullOrWhiteSpace(cell.Source))
                continue;
            var number = counts[cell.Kind] = counts.GetValueOrDefault(cell.Kind) + 1;
            var kind = cell.Kind == CellKind.Code ? "" : cell.Kind.ToString().ToLowerInvariant() + " ";
            yield return (cell, $"{kind}cell {number} ({cell.Id})");
        }
    }
}
