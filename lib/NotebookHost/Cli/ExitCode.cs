namespace NotebookHost.Cli;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    /// <summary>Everything ran.</summary>
    public const int Success = 0;

    /// <summary>A cell failed, was stopped by a limit, or crashed its process; or one of several files is not a C# notebook.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong; nothing has run.</summary>
    public const int Usage = 2;

    /// <summary>The machine lacks something that the command needs; the message says how to get it.</summary>
    public const int NotReady = 3;

    /// <summary>Ctrl-C: 128 plus the signal's number, the convention of shells.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM: 128 plus the signal's number.</summary>
    public const int Terminated = 143;
}
