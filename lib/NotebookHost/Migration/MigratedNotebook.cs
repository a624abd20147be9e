using NotebookHost.Notebooks;

namespace NotebookHost.Migration;

/// <summary>A notebook of the retired kernel, with the changes that it needs to run here.</summary>
/// <param name="Path">The notebook, as it was named.</param>
/// <param name="Document">The notebook with the changes that can be made; null when it cannot run here at all.</param>
/// <param name="Findings">What must change or be known, in the order of the cells.</param>
/// <param name="Refusal">Why it cannot run here at all; null when it can.</param>
/// <param name="NotCompiled">Why its cells were not compiled, so that nobody knows whether they do; null when they were.</param>
public sealed record MigratedNotebook(
    string Path, NotebookDocument? Document, IReadOnlyList<Finding> Findings, string? Refusal = null, string? NotCompiled = null)
{
    /// <summary>Gets whether it runs, as it is or with the changes.</summary>
    public bool Runs => Refusal is null && Count(FindingKind.Manual) == 0;

    /// <summary>Gets how many changes can be made.</summary>
    public int Changes => Refusal is null ? Count(FindingKind.Change) + Count(FindingKind.Editor) : 0;

    /// <summary>Gets what it comes to, in one line.</summary>
    public string Verdict => Refusal is not null ? $"cannot run here: {Refusal}" : $"{Outcome()}{Doubt()}";

    private string Outcome()
    {
        var (changes, editors, hands) = (Count(FindingKind.Change), Count(FindingKind.Editor), Count(FindingKind.Manual));
        if (hands > 0)
        {
            var besides = Changes > 0 ? $", besides {Number(Changes, "change")} that can be made" : "";
            return $"does not run: {Number(hands, "place")} {(hands == 1 ? "needs a manual change" : "need manual changes")}{besides}";
        }
        if (changes > 0)
            return $"runs after {Number(changes + editors, "change")}";
        return editors > 0 ? $"runs as it is; {Number(editors, "change")} and today's editors open it as C#" : "runs as it is";
    }

    private string Doubt() => NotCompiled is null ? "" : $"; its cells were not compiled, for {NotCompiled}";

    private int Count(FindingKind kind) => Findings.Count(finding => finding.Kind == kind);

    internal static string Number(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
