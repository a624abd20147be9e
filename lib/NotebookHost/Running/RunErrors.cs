using NotebookHost.Processes;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>The names of errors that do not come from the code of a cell: the cell was stopped or its process ended.</summary>
internal static class RunErrors
{
    public const string CellTimeLimit = "CellTimeLimit";
    public const string NotebookTimeLimit = "NotebookTimeLimit";
    public const string ProcessEnded = ProcessEnd.ErrorName;
    public const string Interrupted = "Interrupted";

    public static bool IsRunners(CellError error) => error.Name is CellTimeLimit or NotebookTimeLimit or ProcessEnded or Interrupted;
}
