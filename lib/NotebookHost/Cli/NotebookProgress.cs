using NotebookHost.Notebooks;
using NotebookHost.Running;

namespace NotebookHost.Cli;

/// <summary>How far the run of one notebook is.</summary>
/// <param name="job">The notebook.</param>
/// <param name="number">Its place among the notebooks that run, from 1.</param>
/// <param name="earlier">How long its cells took before.</param>
/// <param name="time">What measures time.</param>
internal sealed class NotebookProgress(NotebookJob job, int number, EarlierRun earlier, TimeProvider time)
{
    // as many as a run runs
    private readonly List<NotebookCell> _cells = [.. job.Document.CodeCells.Where(cell => !cell.HasTag("skip-execution") && !string.IsNullOrWhiteSpace(cell.Source))];
    private long? _started;
    private long? _cellStarted;
    private int _cell;

    /// <summary>Gets the notebook's file name.</summary>
    public string Name => job.Name;

    /// <summary>Gets the notebook's place among those that run, from 1.</summary>
    public int Number => number;

    /// <summary>Gets the first heading of the notebook; "" when it has none.</summary>
    public string Title { get; } = job.Document.Cells.Where(cell => cell.Kind == CellKind.Markdown)
        .SelectMany(cell => cell.Source.Split('\n'))
        .FirstOrDefault(line => line.StartsWith('#'))?.TrimStart('#').Trim() ?? "";

    /// <summary>Gets how many cells run.</summary>
    public int CellCount => _cells.Count;

    /// <summary>Gets the number of the cell that runs or ran last, from 1.</summary>
    public int Cell => _cell;

    /// <summary>Gets the first line of the cell that runs.</summary>
    public string CellName { get; private set; } = "";

    /// <summary>Gets whether the notebook has ended.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Gets whether the notebook runs.</summary>
    public bool IsRunning => _started is not null && !HasEnded;

    /// <summary>Gets how long the notebook has run.</summary>
    public TimeSpan Elapsed => _started is { } started ? time.GetElapsedTime(started) : TimeSpan.Zero;

    /// <summary>Gets how long the cell has run; null between cells.</summary>
    public TimeSpan? CellElapsed => _cellStarted is { } started ? time.GetElapsedTime(started) : null;

    /// <summary>Gets how long the rest will take, by an earlier run; null when that is not known.</summary>
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
