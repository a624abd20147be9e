using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html;

/// <summary>The options of a page.</summary>
public sealed record HtmlPageOptions
{
    /// <summary>Gets the title of a notebook without a heading.</summary>
    /// <value>"Notebook".</value>
    public string Name { get; init; } = "Notebook";

    /// <summary>Gets the language of the page. Cells without a translation are shown in the language of the notebook.</summary>
    /// <value>English.</value>
    public ReadingLanguage Language { get; init; } = ReadingLanguage.English;

    /// <summary>Gets the folder that image paths are relative to; these images are embedded in the page.</summary>
    /// <value>null: images remain links.</value>
    public string? Folder { get; init; }

    /// <summary>Gets a function that returns the text of plotly.js, which is included in pages with charts.</summary>
    /// <value>null: charts are shown as static images, also if the function returns null.</value>
    public Func<string?>? PlotlyScript { get; init; }

    /// <summary>
    /// Gets a value that indicates whether a content security policy forbids all scripts and requests of the page, so that untrusted notebooks can be
    /// read without running scripts in their outputs.
    /// </summary>
    /// <value>false: scripts in outputs run, as in Jupyter's pages.</value>
    public bool ForbidScripts { get; init; }

    /// <summary>Gets the page that lists the pages.</summary>
    /// <value>null: no link.</value>
    public PageLink? Index { get; init; }

    /// <summary>Gets the previous page.</summary>
    /// <value>null: no link.</value>
    public PageLink? Previous { get; init; }

    /// <summary>Gets the next page.</summary>
    /// <value>null: no link.</value>
    public PageLink? Next { get; init; }

    /// <summary>Gets a function that returns the file name of a notebook's page by the absolute path of the notebook, for links in the prose; null for other files.</summary>
    /// <value>null: links are not changed.</value>
    public Func<string, string?>? PageOf { get; init; }
}

/// <summary>Another page.</summary>
/// <param name="Title">The title.</param>
/// <param name="File">The file name in the same folder.</param>
public sealed record PageLink(string Title, string File);
