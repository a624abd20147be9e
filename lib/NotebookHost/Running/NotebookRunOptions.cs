using NotebookHost.Checks;

namespace NotebookHost.Running;

/// <summary>Where a notebook's cells run.</summary>
public enum Isolation
{
    /// <summary>In this process. This is the quickest; a cell that crashes the process ends all notebooks.</summary>
    None,

    /// <summary>In a process of its own, which can always be ended, and whose crash ends this notebook only.</summary>
    Process,
}

/// <summary>Options of a notebook's run.</summary>
public sealed record NotebookRunOptions
{
    /// <summary>Gets the folder that executed copies are written to, created when missing.</summary>
    /// <value>null: no copy is written; the executed notebook is in <see cref="NotebookResult.Document"/>.</value>
    public string? OutputFolder { get; init; }

    /// <summary>Gets whether an html page of the executed notebook, which opens without a network, is written beside its copy.</summary>
    /// <value>false.</value>
    public bool WritesPage { get; init; }

    /// <summary>
    /// Gets whether a notebook that ran to its end takes the place of the file that was read, in the form to commit; see <see cref="CommittedForm"/>.
    /// </summary>
    /// <value>false: the file stays as it is.</value>
    public bool SavesSource { get; init; }

    /// <summary>Gives the text of plotly.js for pages that have a chart.</summary>
    /// <value>null: charts show as their static twins.</value>
    public Func<string?>? PlotlyScript { get; init; }

    /// <summary>Gets where the cells run.</summary>
    /// <value><see cref="Isolation.None"/>.</value>
    public Isolation Isolation { get; init; } = Isolation.None;

    /// <summary>Gets how long one cell may take.</summary>
    /// <value>null: there is no limit.</value>
    public TimeSpan? CellLimit { get; init; }

    /// <summary>Gets how long the notebook may take.</summary>
    /// <value>null: there is no limit.</value>
    public TimeSpan? NotebookLimit { get; init; }

    /// <summary>Gets how long a cell that was asked to stop may go on before its process is ended.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets whether the notebook goes on after a cell that fails, and counts as run to its end.</summary>
    /// <value>false.</value>
    public bool AllowErrors { get; init; }

    /// <summary>Gets the OMP_NUM_THREADS of the notebook's process, unless the environment sets it.</summary>
    /// <value>null: not set, so that libraries use every core.</value>
    public int? Threads { get; init; }

    /// <summary>Gets the clock of the limits and of the timings in the copy.</summary>
    /// <value>The system's clock.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
