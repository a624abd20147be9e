using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>The result of a notebook's run.</summary>
public enum RunStatus
{
    /// <summary>Every cell ran.</summary>
    Succeeded,

    /// <summary>A cell failed; the cells after it did not run.</summary>
    Failed,

    /// <summary>The run was stopped from outside.</summary>
    Interrupted,
}

/// <summary>The result of running a notebook.</summary>
/// <param name="Name">The notebook's file name.</param>
/// <param name="Status">How the run ended.</param>
/// <param name="Document">The executed notebook, with its outputs.</param>
/// <param name="CopyPath">Where the executed notebook was written; null when it was not.</param>
/// <param name="Duration">How long the cells took together.</param>
/// <param name="CellsRun">How many code cells were started.</param>
/// <param name="CellCount">How many code cells there are to run: blank ones and those tagged "skip-execution" are left out.</param>
/// <param name="Error">Why the last cell that ran failed; null unless <paramref name="Status"/> is <see cref="RunStatus.Failed"/>.</param>
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
    /// <summary>Gets the cells to run, in order, each with its result.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<CellResult> Cells { get; init; } = [];

    /// <summary>Gets where the executed notebook's html page was written; null when it was not.</summary>
    public string? PagePath { get; init; }

    /// <summary>Gets why the file that was read did not take the outputs, in one line; null when it did, or was not to.</summary>
    public string? SaveProblem { get; init; }

    /// <summary>Gets when the run began.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>Gets why and where the run ended early, in one line; null when it did not.</summary>
    public string? Failure => Status switch
    {
        RunStatus.Failed when Error is { } error => Line(CellsRun, error),
        RunStatus.Interrupted when CellsRun == 0 => $"{Name}: interrupted before its first cell",
        RunStatus.Interrupted when Cells.Any(cell => cell.Verdict == CellVerdict.Interrupted) => $"{Name}: interrupted in cell {CellsRun}",
        RunStatus.Interrupted => $"{Name}: interrupted after cell {CellsRun}",
        _ => null,
    };

    /// <summary>Gets the errors that the run or the cells' tags allow, one line each.</summary>
    public IEnumerable<string> AllowedErrors
        => Cells.Where(cell => cell.Verdict == CellVerdict.ErrorAllowed).Select(cell => Line(cell.Number, cell.Error!));

    private string Line(int number, CellError error)
    {
        var place = error.ImportedPlace is { } imported ? $"cell {number}, {imported}" : error.Line is { } line ? $"cell {number}, line {line}" : $"cell {number}";
        return $"{Name}: {place}: {error.Name}: {error.Message.ReplaceLineEndings(" ")}";
    }
}
