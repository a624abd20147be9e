using System.Globalization;

namespace NotebookHost.Checks;

/// <summary>Collects the durations of the analysis of cells.</summary>
internal sealed class AnalysisTimes
{
    private readonly List<(string Place, double Milliseconds)> _cells = [];

    /// <summary>Adds a cell.</summary>
    /// <param name="place">The notebook and the cell.</param>
    /// <param name="time">The duration of its analysis.</param>
    public void Add(string place, TimeSpan time) => _cells.Add((place, time.TotalMilliseconds));

    /// <summary>Returns a line with the median, the 95th percentile and the maximum of all cells except the first, whose time includes loading the analyzers.</summary>
    public override string ToString()
    {
        var sorted = _cells.Skip(1).OrderBy(cell => cell.Milliseconds).ToList();
        if (sorted.Count == 0)
            return "no cell was analyzed after the first";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"analysis of {sorted.Count} cells: median {sorted[sorted.Count / 2].Milliseconds:0.0} ms, 95th percentile {sorted[sorted.Count * 95 / 100].Milliseconds:0.0} ms, "
            + $"maximum {sorted[^1].Milliseconds:0.0} ms ({sorted[^1].Place}); first cell {_cells[0].Milliseconds:0} ms");
    }
}
