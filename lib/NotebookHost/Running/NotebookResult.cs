using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>How a notebook's run ended.</summary>
public enum RunStatus
{
    /// <summary>Every cell ran.</summary>
    Succeeded,

    /// <summary>A cell failed; the cells after it did not run.</summary>
    Failed,

    /// <summary>The run was stopped from outside.</summary>
    Interrupted,
}

/// <summary>What running a notebook came to.</summary>
/// <param name="Name">The notebook's file name.</param>
/// <param name="Status">How the run ended.</param>
/// <param name="Document">The executed notebook, with its outputs.</param>
/// <param name="CopyPath">Where the executed notebook was written; null when it was not.</param>
/// <param name="Duration">How long the cells took together.</param>
/// <param name="CellsRun">How many code cells were started.</param>
/// <param name="CellCount">How many code cells the notebook has, blank ones left out.</param>
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
    /// <summary>Why and where the run ended early, in one line; null when it did not.</summary>
    public string? Failure => Status switch
    {
        RunStatus.Failed when Error is { } error => $"{Name}: {Place(error)}: {error.Name}: {error.Message.ReplaceLineEndings(" ")}",
        RunStatus.Interrupted => $"{Name}: interrupted in cell {CellsRun}",
        _ => null,
    };

    private string Place(CellError error) => error.Line is { } line ? $"cell {CellsRun}, line {line}" : $"cell {CellsRun}";
}
