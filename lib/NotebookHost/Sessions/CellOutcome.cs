namespace NotebookHost.Sessions;

/// <summary>The status of a cell.</summary>
public enum CellStatus
{
    /// <summary>The cell ran to completion.</summary>
    Succeeded,

    /// <summary>The cell did not compile or threw an exception.</summary>
    Failed,

    /// <summary>The cell was stopped on request.</summary>
    Canceled,
}

/// <summary>The outcome of a cell.</summary>
/// <param name="Status">The status of the cell.</param>
/// <param name="ExecutionCount">The number of the cell in its session, from 1, which error messages use.</param>
/// <param name="Error">The error; null unless <paramref name="Status"/> is <see cref="CellStatus.Failed"/>.</param>
public sealed record CellOutcome(CellStatus Status, int ExecutionCount, CellError? Error = null);

/// <summary>The error of a cell.</summary>
/// <param name="Name">The code of a compile error ("CS0103"), or the name of an exception's type ("FormatException").</param>
/// <param name="Message">The message of the compiler or the exception.</param>
/// <param name="Line">The line of the cell, from 1; null if the error has no line in the cell.</param>
/// <param name="Traceback">The lines of the error, as shown in a notebook.</param>
public sealed record CellError(string Name, string Message, int? Line, IReadOnlyList<string> Traceback)
{
    /// <summary>Gets the imported file and its line with the error ("math.cs, line 3").</summary>
    /// <value>null: the error is in the cell.</value>
    public string? ImportedPlace { get; init; }
}
