using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>The status of a notebook's run.</summary>
public enum RunStatus
{
    /// <summary>All cells ran.</summary>
    Succeeded,

    /// <summary>A cell failed; the following cells did not run.</summary>
    Failed,

    /// <summary>The run was interrupted.</summary>
    Interrupted,
}

/// <summary>The result of running a notebook.</summary>
/// <param name="Name">The file name of the notebook.</param>
/// <param name="Status">The status of the run.</param>
/// <param name="Document">The executed notebook, with its outputs.</param>
/// <param name="CopyPath">The path of the executed copy; null if none was written.</param>
/// <param name="Duration">The total duration of the cells.</param>
/// <param name="CellsRun">The number of code cells that were started.</param>
/// <param name="CellCount">The number of code cells to run, without blank cells and cells with the tag "skip-execution".</param>
/// <param name="Error">The error of the last cell; null unless <paramref name="Status"/> is <see cref="RunStatus.Failed"/>.</param>
public sealed record NotebookResult(
    string Name,
    RunStatus Status,
    NotebookDocument Document,
    string? CopyPath,
    TimeSpan Duration,
    int CellsRun,
    int CellCount,
    CellError? Error = null)
{
    /// <summary>Gets the results of the cells to run, in order.</summary>
    /// <value>An empty list.</value>
    public IReadOnlyList<CellResult> Cells { get; init; } = [];

    /// <summary>Gets the path of the HTML page of the executed notebook; null if none was written.</summary>
    public string? PagePath { get; init; }

    /// <summary>Gets why the outputs were not saved to the source file, in one line; null if they were or if this was not requested.</summary>
    public string? SaveProblem { get; init; }

    /// <summary>Gets the start time of the run.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>Gets why and where the run ended early, in one line; null if it did not.</summary>
    public string? Failure => Status switch
    {
        RunStatus.Failed when Error is { } error => Line(CellsRun, error),
        RunStatus.Interrupted when CellsRun == 0 => $"{Name}: interrupted before its first cell",
        RunStatus.Interrupted when Cells.Any(cell => cell.Verdict == CellVerdict.Interrupted) => $"{Name}: interrupted in cell {CellsRun}",
        RunStatus.Interrupted => $"{Name}: interrupted after cell {CellsRun}",
        _ => null,
    };

    /// <summary>Gets the errors that the options or the tags of cells allow, one line each.</summary>
    public IEnumerable<string> AllowedErrors
        => Cells.Where(cell => cell.Verdict == CellVerdict.ErrorAllowed).Select(cell => Line(cell.Number, cell.Error!));

    private string Line(int number, CellError error)
    {
        var place = error.ImportedPlace is { } imported ? $"cell {number}, {imported}" : error.Line is { } line ? $"cell {number}, line {line}" : $"cell {number}";
        return $"{Name}: {place}: {error.Name}: {error.Message.ReplaceLineEndings(" ")}";
    }
}
