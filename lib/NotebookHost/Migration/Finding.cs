namespace NotebookHost.Migration;

/// <summary>What happens to a part of an old notebook.</summary>
public enum FindingKind
{
    /// <summary>The notebook runs with it, but today's editors do not open it, or not as C#; adopting changes it.</summary>
    Editor,

    /// <summary>It would not run here; adopting changes it.</summary>
    Change,

    /// <summary>It would not run here, and there is no automatic change.</summary>
    Manual,

    /// <summary>It runs, and differs from what it was.</summary>
    Note,
}

/// <summary>A finding about an old notebook.</summary>
/// <param name="Kind">What happens to it.</param>
/// <param name="Place">The cell, maybe with its line; null when it is about the whole.</param>
/// <param name="What">What it is, why, and what is done or to be done, without the full stop.</param>
public sealed record Finding(FindingKind Kind, string? Place, string What)
{
    /// <summary>Returns the finding in one line.</summary>
    public override string ToString() => Place is null ? What : $"{Place}: {What}";
}
