namespace NotebookHost.Jupyter;

/// <summary>A cell that ran to its end.</summary>
/// <param name="Number">The number by which messages name it.</param>
/// <param name="Code">Its text.</param>
/// <param name="Id">The id that the front end gave it; null where it gave none.</param>
internal sealed record PastCell(int Number, string Code, string? Id);

/// <summary>The cells that have run in the session, and those that ran in a session that was lost.</summary>
internal sealed class PastCells
{
    private readonly List<PastCell> _run = [];
    private readonly List<PastCell> _lost = [];

    /// <summary>Gets the cells to run again. A cell that ran more than once is there once: where it first ran, as it was last.</summary>
    public IReadOnlyList<PastCell> Lost => [.. _lost.GroupBy(cell => cell.Id ?? cell.Code).Select(runs => runs.Last())];

    /// <summary>Gets whether there are such cells.</summary>
    public bool HasLost => _lost.Count > 0;

    /// <summary>Adds a cell that has run.</summary>
    public void Add(PastCell cell) => _run.Add(cell);

    /// <summary>Notes that the session is lost.</summary>
    public void Lose()
    {
        _lost.AddRange(_run);
        _run.Clear();
    }

    /// <summary>Notes that the lost cells have run again.</summary>
    public void Restore()
    {
        _run.InsertRange(0, Lost);
        _lost.Clear();
    }
}
