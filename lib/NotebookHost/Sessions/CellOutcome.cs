namespace NotebookHost.Sessions;

/// <summary>How a cell ended.</summary>
public enum CellStatus
{
    /// <summary>It ran to its end.</summary>
    Succeeded,

    /// <summary>It did not compile, or threw.</summary>
    Failed,

    /// <summary>It was asked to stop and did.</summary>
    Cancelled,
}

/// <summary>What running a cell came to.</summary>
/// <param name="Status">How the cell ended.</param>
/// <param name="ExecutionCount">The cell's number in its session, from 1; error messages call the cell by it.</param>
/// <param name="Error">What went wrong; null unless <paramref name="Status"/> is <see cref="CellStatus.Failed"/>.</param>
public sealed record CellOutcome(CellStatus Status, int ExecutionCount, CellError? Error = null);

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The code of a compile error ("CS0103"), or the name of an exception's type ("FormatException").</param>
/// <param name="Message">What the compiler or the exception says.</param>
/// <param name="Line">The line of the cell, from 1; null when no line of the cell had part in it.</param>
/// <param name="Traceback">The whole story, line by line, as a notebook shows it.</param>
public sealed record CellError(string Name, string Message, int? Line, IReadOnlyList<string> Traceback)
{
    /// <summary>Gets the file that the cell imports and the line of it that failed ("math.cs, line 3").</summary>
    /// <value>Null: the cell itself failed.</value>
    public string? ImportedPlace { get; init; }
}
