using NotebookHost.Checks;

namespace NotebookHost.Running;

/// <summary>The process of a notebook's cells.</summary>
public enum Isolation
{
    /// <summary>This process. This is the fastest option, but a cell that crashes the process ends all notebooks.</summary>
    None,

    /// <summary>A separate process, which can always be ended and whose crash ends only this notebook.</summary>
    Process,
}

/// <summary>The options of a notebook's run.</summary>
public sealed record NotebookRunOptions
{
    /// <summary>Gets the folder of executed copies, which is created if it does not exist.</summary>
    /// <value>null: no copy is written; the executed notebook is in <see cref="NotebookResult.Document"/>.</value>
    public string? OutputFolder { get; init; }

    /// <summary>Gets a value that indicates whether an HTML page of the executed notebook, which opens without a network, is written next to the copy.</summary>
    /// <value>false.</value>
    public bool WritesPage { get; init; }

    /// <summary>
    /// Gets a value that indicates whether a notebook that ran to completion replaces its source file, in the form of <see cref="CommittedForm"/>.
    /// </summary>
    /// <value>false: the file is not changed.</value>
    public bool SavesSource { get; init; }

    /// <summary>Gets a function that returns the text of plotly.js for pages with charts.</summary>
    /// <value>null: pages show the static images of charts.</value>
    public Func<string?>? PlotlyScript { get; init; }

    /// <summary>Gets the process of the cells.</summary>
    /// <value><see cref="Isolation.None"/>.</value>
    public Isolation Isolation { get; init; } = Isolation.None;

    /// <summary>Gets the time limit of a cell.</summary>
    /// <value>null: no limit.</value>
    public TimeSpan? CellLimit { get; init; }

    /// <summary>Gets the time limit of the notebook.</summary>
    /// <value>null: no limit.</value>
    public TimeSpan? NotebookLimit { get; init; }

    /// <summary>Gets the time that a cell has to stop on request before its process is ended.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets a value that indicates whether the run continues after failed cells and counts as completed.</summary>
    /// <value>false.</value>
    public bool AllowErrors { get; init; }

    /// <summary>Gets the value of OMP_NUM_THREADS for the notebook's process, unless the environment sets it.</summary>
    /// <value>null: not set, so that libraries use all cores.</value>
    public int? Threads { get; init; }

    /// <summary>Gets the clock of the limits and of the timings in the copy.</summary>
    /// <value>The system's clock.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
