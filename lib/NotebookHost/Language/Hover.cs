namespace NotebookHost.Language;

/// <summary>What is known of a name.</summary>
/// <param name="Signatures">How it is declared, a line for each overload.</param>
/// <param name="Documentation">What its author says; "" when nothing.</param>
internal sealed record Hover(IReadOnlyList<string> Signatures, string Documentation)
{
    /// <summary>For front ends that show text as it is.</summary>
    public string ToText() => Join(string.Join('\n', Signatures));

    /// <summary>For front ends that colour code.</summary>
    public string ToMarkdown() => Join($"```csharp\n{string.Join('\n', Signatures)}\n```");

    private string Join(string signatures) => Documentation.Length > 0 ? $"{signatures}\n\n{Documentation}" : signatures;
}
