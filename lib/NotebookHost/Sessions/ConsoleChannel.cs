namespace NotebookHost.Sessions;

/// <summary>Where a cell wrote text to.</summary>
public enum ConsoleChannel
{
    /// <summary>Console.Out, "stdout" in a notebook.</summary>
    Output,

    /// <summary>Console.Error, "stderr" in a notebook.</summary>
    Error,
}
