using NotebookHost.Notebooks;

namespace NotebookHost.Migration;

/// <summary>A notebook of the retired kernel, with the changes that it requires to run in this host.</summary>
/// <param name="Path">The path of the notebook, as specified.</param>
/// <param name="Document">The notebook with the automatic changes; null if it cannot run.</param>
/// <param name="Findings">The findings, in the order of the cells.</param>
/// <param name="Refusal">Why the notebook cannot run; null if it can.</param>
/// <param name="NotCompiled">Why the cells were not compiled; null if they were.</param>
public sealed record MigratedNotebook(
    string Path, NotebookDocument? Document, IReadOnlyList<Finding> Findings, string? Refusal = null, string? NotCompiled = null)
{
    /// <summary>Gets a value that indicates whether the notebook runs, with or without the changes.</summary>
    public bool Runs => Refusal is null && Count(FindingKind.Manual) == 0;

    /// <summary>Gets the number of automatic changes.</summary>
    public int Changes => Refusal is null ? Count(FindingKind.Change) + Count(FindingKind.Editor) : 0;

    /// <summary>Gets the result in one line.</summary>
    public string Verdict => Refusal is not null ? $"cannot run: {Refusal}" : $"{Outcome()}{Limitation()}";

    private string Outcome()
    {
        var (changes, editors, manual) = (Count(FindingKind.Change), Count(FindingKind.Editor), Count(FindingKind.Manual));
        if (manual > 0)
        {
            var automatic = Changes > 0 ? $", in addition to {Number(Changes, "automatic change")}" : "";
            return $"does not run: {Number(manual, "place")} {(manual == 1 ? "requires a manual change" : "require manual changes")}{automatic}";
        }
        if (changes > 0)
            return $"runs after {Number(changes + editors, "change")}";
        return editors > 0 ? $"runs without changes; current editors open it as C# after {Number(editors, "change")}" : "runs without changes";
    }

    private string Limitation() => NotCompiled is null ? "" : $"; its cells were not compiled: {NotCompiled}";

    private int Count(FindingKind kind) => Findings.Count(finding => finding.Kind == kind);

    internal static string Number(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
