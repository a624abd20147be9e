namespace NotebookHost.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Everything ran.</summary>
    public const int Success = 0;

    /// <summary>A cell failed, was stopped by a limit, or took its notebook's process down.</summary>
    public const int Failure = 1;

    /// <summary>What was asked for cannot be done as asked; nothing has run.</summary>
    public const int Usage = 2;

    /// <summary>The machine lacks something that the command needs; the message says how to get it.</summary>
    public const int NotReady = 3;

    /// <summary>Ctrl-C: 128 and the signal's number, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>A polite kill: 128 and the signal's number.</summary>
    public const int Terminated = 143;
}
