namespace NotebookHost.Sessions;

/// <summary>The options of a session.</summary>
public sealed record SessionOptions
{
    /// <summary>The namespaces and the static type that every cell imports by default, as in the .NET Interactive kernel.</summary>
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

    /// <summary>Gets the working directory of cells, which paths of <c>#r</c> and <c>#load</c> are relative to.</summary>
    /// <value>The process's current directory.</value>
    public string WorkingDirectory { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>Gets the namespaces and static types that every cell imports.</summary>
    /// <value><see cref="DefaultImports"/>.</value>
    public IReadOnlyList<string> Imports { get; init; } = DefaultImports;

    /// <summary>
    /// Gets the time that a cell has to stop on request before it is aborted.
    /// </summary>
    /// <value>One second. <see cref="Timeout.InfiniteTimeSpan"/>: cells are never aborted.</value>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the folder of the projects that restore packages for <c>#r "nuget:"</c>, which is created if it does not exist.</summary>
    /// <value>A folder of the user that all sessions share.</value>
    public string PackageCache { get; init; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "notebook-packages");

    /// <summary>Gets the clock for the durations of cells.</summary>
    /// <value>The system's clock.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
