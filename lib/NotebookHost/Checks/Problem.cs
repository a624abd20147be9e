namespace NotebookHost.Checks;

/// <summary>A problem that a notebook should not have when it is committed.</summary>
/// <param name="Place">The cell, or the cell and its line; null for the whole notebook.</param>
/// <param name="Message">The problem and its solution, without a final period.</param>
public sealed record Problem(string? Place, string Message)
{
    /// <summary>Gets the common cause of problems in several notebooks, such as the path of a missing library, which are reported as one problem.</summary>
    /// <value>null: the problem affects only this notebook.</value>
    public string? Cause { get; init; }

    /// <summary>Returns the problem in one line, to be written after the name of the notebook.</summary>
    public override string ToString() => Place is null ? Message : $"{Place}: {Message}";
}
