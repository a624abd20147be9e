using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>The result of a cell in a run.</summary>
public enum CellVerdict
{
    /// <summary>It ran to its end.</summary>
    Succeeded,

    /// <summary>It failed, as its tag "raises-exception" or the run allows.</summary>
    ErrorAllowed,

    /// <summary>It failed, and the notebook with it.</summary>
    Failed,

    /// <summary>The run was stopped from outside while it ran.</summary>
    Interrupted,

    /// <summary>The run ended before it.</summary>
    NotReached,
}

/// <summary>The result of running one cell.</summary>
/// <param name="Number">The cell's place among those that the run would run, from 1; error messages call the cell by it.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Duration">How long it took; zero when it was not reached.</param>
/// <param name="Error">What went wrong, if something did.</param>
public sealed record CellResult(int Number, NotebookCell Cell, CellVerdict Verdict, TimeSpan Duration, CellError? Error = null);
