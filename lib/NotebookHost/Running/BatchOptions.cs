namespace NotebookHost.Running;

/// <summary>The options of a batch.</summary>
/// <param name="Paths">The notebooks, in the order of execution.</param>
/// <param name="OutputFolder">The folder of executed copies and their index page.</param>
public sealed record BatchOptions(IReadOnlyList<string> Paths, string OutputFolder)
{
    /// <summary>Gets the settings by parameter name; with several notebooks, each notebook uses the settings that it declares.</summary>
    /// <value>An empty list.</value>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Gets a value that indicates whether notebooks run with their <see cref="NotebookJob.SmokeSettings"/>, unless <see cref="Parameters"/> sets other values.</summary>
    /// <value>false: notebooks run with their own settings.</value>
    public bool Smoke { get; init; }

    /// <summary>Gets the number of notebooks that run in parallel. They share the cores, unless OMP_NUM_THREADS is set.</summary>
    /// <value>null: one for every two cores and every two gigabytes of memory.</value>
    public int? Jobs { get; init; }

    /// <summary>Gets the options of each run. The batch sets the output folder and the number of threads.</summary>
    /// <value>Each notebook runs in a separate process, without limits.</value>
    public NotebookRunOptions Run { get; init; } = new() { Isolation = Isolation.Process };
}
