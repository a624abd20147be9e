namespace NotebookHost.Cli;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    /// <summary>All notebooks completed.</summary>
    public const int Success = 0;

    /// <summary>A cell failed, was stopped by a limit or crashed its process; or one of several files is not a C# notebook.</summary>
    public const int Failure = 1;

    /// <summary>The command line is not valid; nothing has run.</summary>
    public const int Usage = 2;

    /// <summary>A requirement of the command is missing; the message contains the installation instructions.</summary>
    public const int NotReady = 3;

    /// <summary>Ctrl-C: 128 plus the number of the signal, as in shells.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM: 128 plus the number of the signal.</summary>
    public const int Terminated = 143;
}
