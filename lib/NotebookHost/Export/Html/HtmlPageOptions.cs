using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html;

/// <summary>Options of a page.</summary>
public sealed record HtmlPageOptions
{
    /// <summary>Gets the title of a notebook that has no heading.</summary>
    /// <value>"Notebook".</value>
    public string Name { get; init; } = "Notebook";

    /// <summary>Gets the language that the page is read in. Cells without a text in it show what the notebook was written in.</summary>
    /// <value>English.</value>
    public ReadingLanguage Language { get; init; } = ReadingLanguage.English;

    /// <summary>Gets the folder that the notebook's images are relative to; they become part of the page.</summary>
    /// <value>null: such images stay links.</value>
    public string? Folder { get; init; }

    /// <summary>Gives the text of plotly.js, with which charts draw themselves; it is asked for, and put into, pages that have a chart.</summary>
    /// <value>null, and where it gives null: charts show as their static twins.</value>
    public Func<string?>? PlotlyScript { get; init; }

    /// <summary>
    /// Gets whether the page forbids itself all scripts, and loading anything, by a content security policy. Notebooks of strangers can then be
    /// read without running what their outputs contain.
    /// </summary>
    /// <value>false: the outputs' scripts run, as in Jupyter's own pages.</value>
    public bool ForbidScripts { get; init; }

    /// <summary>Gets the page that lists this one among others.</summary>
    /// <value>null: there is none.</value>
    public PageLink? Index { get; init; }

    /// <summary>Gets the page to read before this one.</summary>
    /// <value>null: there is none.</value>
    public PageLink? Previous { get; init; }

    /// <summary>Gets the page to read after this one.</summary>
    /// <value>null: there is none.</value>
    public PageLink? Next { get; init; }

    /// <summary>Gives the page's file name of a notebook, by its absolute path, so that links in the prose lead to pages; null for others.</summary>
    /// <value>null: links stay as they are.</value>
    public Func<string, string?>? PageOf { get; init; }
}

/// <summary>Another page.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="File">Its file name; it lies in the same folder.</param>
public sealed record PageLink(string Title, string File);
