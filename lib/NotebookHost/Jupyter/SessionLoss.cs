using System.Globalization;
using NotebookHost.Processes;
using NotebookHost.Sessions;

namespace NotebookHost.Jupyter;

/// <summary>The errors of cells that were interrupted or whose session process has ended.</summary>
internal static class SessionLoss
{
    private const string InterruptedName = "Interrupted";

    private const string Advice = "The variables are lost and a new session has started. Run the cells above again, or run a cell with #!rerun.";
    private const string NothingLost = "A new session has started.";

    /// <summary>Gets the error of a cell that was interrupted and stopped.</summary>
    public static CellError Interrupted { get; } = new(InterruptedName, "The cell was interrupted", Line: null, ["The cell was interrupted"]);

    /// <summary>Returns the error of a cell that was interrupted and did not stop.</summary>
    public static CellError Unstoppable(TimeSpan grace, bool hasLost)
    {
        var seconds = grace.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var message = $"The cell was interrupted and did not stop within {seconds} s, so its process was ended.";
        return new CellError(InterruptedName, message, Line: null, [message, Next(hasLost)]);
    }

    /// <summary>Returns the error of a cell that ended its process.</summary>
    public static CellError WhileRunning(CellError? error, bool hasLost)
        => error is null
            ? BetweenCells("after the cell")
            : error with { Traceback = [.. error.Traceback, Next(hasLost)] };

    /// <summary>Returns the error of a cell that was not run because the process had already ended.</summary>
    public static CellError BetweenCells(string how)
    {
        var message = $"This cell was not run: the notebook's process has ended since the last cell, {how}";
        return new CellError(ProcessEnd.ErrorName, message, Line: null, [message, Next(hasLost: true)]);
    }

    private static string Next(bool hasLost) => hasLost ? Advice : NothingLost;
}
