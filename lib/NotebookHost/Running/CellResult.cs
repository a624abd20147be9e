using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>The verdict about a cell in a run.</summary>
public enum CellVerdict
{
    /// <summary>The cell ran to completion.</summary>
    Succeeded,

    /// <summary>The cell failed, which its tag "raises-exception" or the options allow.</summary>
    ErrorAllowed,

    /// <summary>The cell failed, and so did the notebook.</summary>
    Failed,

    /// <summary>The run was interrupted while the cell ran.</summary>
    Interrupted,

    /// <summary>The run ended before the cell.</summary>
    NotReached,
}

/// <summary>The result of running a cell.</summary>
/// <param name="Number">The index of the cell among the cells to run, from 1, which is its number in error messages.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Duration">The duration; zero if the cell was not reached.</param>
/// <param name="Error">The error; null for none.</param>
public sealed record CellResult(int Number, NotebookCell Cell, CellVerdict Verdict, TimeSpan Duration, CellError? Error = null);
