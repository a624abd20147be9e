namespace NotebookHost.Migration;

/// <summary>The effect of a migration on a part of a notebook.</summary>
public enum FindingKind
{
    /// <summary>The notebook runs, but current editors do not open it or do not open it as C#; the migration changes this part.</summary>
    Editor,

    /// <summary>The part would not run; the migration changes it.</summary>
    Change,

    /// <summary>The part would not run and requires a manual change.</summary>
    Manual,

    /// <summary>The part runs with a different behavior.</summary>
    Note,
}

/// <summary>A finding about a notebook.</summary>
/// <param name="Kind">The kind of the finding.</param>
/// <param name="Place">The cell, possibly with a line; null for the whole notebook.</param>
/// <param name="What">The problem, its cause, and the change or the required change, without a final period.</param>
public sealed record Finding(FindingKind Kind, string? Place, string What)
{
    /// <summary>Returns the finding in one line.</summary>
    public override string ToString() => Place is null ? What : $"{Place}: {What}";
}
