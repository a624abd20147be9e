using NotebookHost.Notebooks;
using NotebookHost.Running;

namespace NotebookHost.Cli;

/// <summary>The progress of a notebook's run.</summary>
/// <param name="job">The notebook.</param>
/// <param name="number">The index of the notebook in the batch, from 1.</param>
/// <param name="earlier">The durations of the cells in the previous run.</param>
/// <param name="time">The clock.</param>
internal sealed class NotebookProgress(NotebookJob job, int number, EarlierRun earlier, TimeProvider time)
{
    // only cells that a run executes
    private readonly List<NotebookCell> _cells = [.. job.Document.CodeCells.Where(cell => !cell.HasTag("skip-execution") && !string.IsNullOrWhiteSpace(cell.Source))];
    private long? _started;
    private long? _cellStarted;
    private int _cell;

    /// <summary>Gets the file name of the notebook.</summary>
    public string Name => job.Name;

    /// <summary>Gets the index of the notebook in the batch, from 1.</summary>
    public int Number => number;

    /// <summary>Gets the first heading of the notebook; "" for none.</summary>
    public string Title { get; } = job.Document.Cells.Where(cell => cell.Kind == CellKind.Markdown)
        .SelectMany(cell => cell.Source.Split('\n'))
        .FirstOrDefault(line => line.StartsWith('#'))?.TrimStart('#').Trim() ?? "";

    /// <summary>Gets the number of cells to run.</summary>
    public int CellCount => _cells.Count;

    /// <summary>Gets the number of the running or last cell, from 1.</summary>
    public int Cell => _cell;

    /// <summary>Gets the first line of the running cell.</summary>
    public string CellName { get; private set; } = "";

    /// <summary>Gets a value that indicates whether the notebook has ended.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Gets a value that indicates whether the notebook is running.</summary>
    public bool IsRunning => _started is not null && !HasEnded;

    /// <summary>Gets the elapsed time of the notebook.</summary>
    public TimeSpan Elapsed => _started is { } started ? time.GetElapsedTime(started) : TimeSpan.Zero;

    /// <summary>Gets the elapsed time of the cell; null between cells.</summary>
    public TimeSpan? CellElapsed => _cellStarted is { } started ? time.GetElapsedTime(started) : null;

    /// <summary>Gets the estimated remaining time according to the previous run; null if it is not known.</summary>
    public TimeSpan? Left
    {
        get
        {
            if (HasEnded)
                return TimeSpan.Zero;
            var current = _cellStarted is null || _cell == 0 ? null : earlier.Of(_cells[_cell - 1]) - CellElapsed;
            var rest = earlier.Of(_cells.Skip(_cell));
            return current is null && rest is null ? null : (current is { Ticks: > 0 } more ? more : TimeSpan.Zero) + (rest ?? TimeSpan.Zero);
        }
    }

    public void Start() => _started = time.GetTimestamp();

    public void StartCell(int cell, string name)
    {
        (_cell, CellName) = (Math.Min(cell, _cells.Count), name);
        _cellStarted = time.GetTimestamp();
    }

    public void EndCell() => _cellStarted = null;

    public void End() => HasEnded = true;
}
