using System.Globalization;

namespace NotebookHost.Checks;

/// <summary>How long the analyzers took for cells.</summary>
internal sealed class AnalysisTimes
{
    private readonly List<(string Place, double Milliseconds)> _cells = [];

    /// <summary>Adds a cell.</summary>
    /// <param name="place">The notebook and the cell.</param>
    /// <param name="time">What its analysis took.</param>
    public void Add(string place, TimeSpan time) => _cells.Add((place, time.TotalMilliseconds));

    /// <summary>Returns a line with the median, the 95th percentile and the longest of all cells after the first, for which the analyzers are loaded.</summary>
    public override string ToString()
    {
        var sorted = _cells.Skip(1).OrderBy(cell => cell.Milliseconds).ToList();
        if (sorted.Count == 0)
            return "no cell was analyzed after the first";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"analysis of {sorted.Count} cells: median {sorted[sorted.Count / 2].Milliseconds:0.0} ms, 95 of 100 within {sorted[sorted.Count * 95 / 100].Milliseconds:0.0} ms, "
            + $"longest {sorted[^1].Milliseconds:0.0} ms ({sorted[^1].Place}); the first {_cells[0].Milliseconds:0} ms");
    }
}
