namespace NotebookHost.Export.Html;

/// <summary>What a page is made with.</summary>
public sealed record HtmlPageOptions
{
    /// <summary>The title of a notebook that has no heading.</summary>
    /// <value>"Notebook".</value>
    public string Name { get; init; } = "Notebook";

    /// <summary>The folder that the notebook's images are relative to; they become part of the page.</summary>
    /// <value>null: such images stay links.</value>
    public string? Folder { get; init; }

    /// <summary>Gives the text of plotly.js, with which charts draw themselves; it is asked for, and put into, pages that have a chart.</summary>
    /// <value>null, and where it gives null: charts show as their static twins.</value>
    public Func<string?>? PlotlyScript { get; init; }

    /// <summary>
    /// Whether the page forbids itself all scripts, and loading anything, by a content security policy. Notebooks of strangers can then be
    /// read without running what their outputs contain.
    /// </summary>
    /// <value>false: the outputs' scripts run, as in Jupyter's own pages.</value>
    public bool ForbidScripts { get; init; }
}
