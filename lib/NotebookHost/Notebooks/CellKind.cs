namespace NotebookHost.Notebooks;

/// <summary>The kind of a cell.</summary>
public enum CellKind
{
    /// <summary>Code, with its outputs.</summary>
    Code,

    /// <summary>Prose in Markdown.</summary>
    Markdown,

    /// <summary>Text that front ends do not interpret.</summary>
    Raw,
}
