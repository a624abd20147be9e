namespace NotebookHost.Jupyter;

/// <summary>A cell that ran to completion.</summary>
/// <param name="Number">The number of the cell in messages.</param>
/// <param name="Code">The text of the cell.</param>
/// <param name="Id">The id from the front end; null for none.</param>
internal sealed record PastCell(int Number, string Code, string? Id);

/// <summary>The cells that ran in the current session and in a lost session.</summary>
internal sealed class PastCells
{
    private readonly List<PastCell> _run = [];
    private readonly List<PastCell> _lost = [];

    /// <summary>Gets the cells to rerun. A cell that ran more than once is included once: at the position of its first run, with its last text.</summary>
    public IReadOnlyList<PastCell> Lost => [.. _lost.GroupBy(cell => cell.Id ?? cell.Code).Select(runs => runs.Last())];

    /// <summary>Gets the cells that ran in the current session, in the order of their runs.</summary>
    public IReadOnlyList<PastCell> InSession => _run;

    /// <summary>Gets a value that indicates whether there are cells to rerun.</summary>
    public bool HasLost => _lost.Count > 0;

    /// <summary>Adds a cell that has run.</summary>
    public void Add(PastCell cell) => _run.Add(cell);

    /// <summary>Records the loss of the session.</summary>
    public void Lose()
    {
        _lost.AddRange(_run);
        _run.Clear();
    }

    /// <summary>Records that the lost cells were rerun.</summary>
    public void Restore()
    {
        _run.InsertRange(0, Lost);
        _lost.Clear();
    }
}
