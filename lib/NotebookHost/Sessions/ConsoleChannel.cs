namespace NotebookHost.Sessions;

/// <summary>The stream to which a cell writes text.</summary>
public enum ConsoleChannel
{
    /// <summary>Console.Out, "stdout" in a notebook.</summary>
    Output,

    /// <summary>Console.Error, "stderr" in a notebook.</summary>
    Error,
}
