namespace NotebookHost.Checks;

/// <summary>Something about a notebook that should not be committed.</summary>
/// <param name="Place">Where in the notebook: a cell, or a cell and its line; null when it is about the whole.</param>
/// <param name="Message">What is wrong and what to do, without the full stop.</param>
public sealed record Problem(string? Place, string Message)
{
    /// <summary>Gets what problems of several notebooks have in common, such as the path of a missing library: they are one problem.</summary>
    /// <value>null: the problem is this notebook's alone.</value>
    public string? Cause { get; init; }

    /// <summary>Returns the problem in one line, as it follows the notebook's name.</summary>
    public override string ToString() => Place is null ? Message : $"{Place}: {Message}";
}
