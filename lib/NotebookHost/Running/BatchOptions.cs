namespace NotebookHost.Running;

/// <summary>Options of a batch.</summary>
/// <param name="Paths">The notebooks, in the order to run them.</param>
/// <param name="OutputFolder">The folder for executed copies and their index page.</param>
public sealed record BatchOptions(IReadOnlyList<string> Paths, string OutputFolder)
{
    /// <summary>Gets settings by parameter name; with several notebooks, each takes those that it declares.</summary>
    /// <value>None.</value>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Gets whether each notebook runs with its <see cref="NotebookJob.SmokeSettings"/>, except for what <see cref="Parameters"/> sets.</summary>
    /// <value>false: with the settings that it shows.</value>
    public bool Smoke { get; init; }

    /// <summary>Gets how many notebooks run side by side. The cores are shared out among them, unless OMP_NUM_THREADS is set.</summary>
    /// <value>null: one for every two cores and every two gigabytes of memory.</value>
    public int? Jobs { get; init; }

    /// <summary>Gets how each notebook is run. The batch sets the output folder and the threads.</summary>
    /// <value>Each in a process of its own, without limits.</value>
    public NotebookRunOptions Run { get; init; } = new() { Isolation = Isolation.Process };
}
