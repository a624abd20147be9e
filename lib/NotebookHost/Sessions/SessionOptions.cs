namespace NotebookHost.Sessions;

/// <summary>How a session is set up.</summary>
public sealed record SessionOptions
{
    /// <summary>The namespaces and the type that every cell sees, as the .NET Interactive kernel has them.</summary>
    public static IReadOnlyList<string> DefaultImports { get; } =
    [
        "System",
        "System.Text",
        "System.Collections",
        "System.Collections.Generic",
        "System.Threading.Tasks",
        "System.Linq",
        "Microsoft.DotNet.Interactive.Kernel",
    ];

    /// <summary>The folder that cells run in, and that <c>#r</c> and <c>#load</c> start from.</summary>
    /// <value>The process's current directory.</value>
    public string WorkingDirectory { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>Namespaces and static types that every cell sees.</summary>
    /// <value><see cref="DefaultImports"/>.</value>
    public IReadOnlyList<string> Imports { get; init; } = DefaultImports;

    /// <summary>
    /// How long a cell that is asked to stop may take to do so by itself, before it is aborted.
    /// </summary>
    /// <value>One second. <see cref="Timeout.InfiniteTimeSpan"/>: cells are asked only.</value>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The folder that keeps what was restored for <c>#r "nuget:"</c>, created when missing.</summary>
    /// <value>A folder of the user's, shared by all sessions.</value>
    public string PackageCache { get; init; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "notebook-packages");

    /// <summary>What time it is, for cells that ask how long they took.</summary>
    /// <value>The system's clock.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
