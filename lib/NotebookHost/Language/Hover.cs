namespace NotebookHost.Language;

/// <summary>The declaration and documentation of a name.</summary>
/// <param name="Signatures">The declarations, one line per overload.</param>
/// <param name="Documentation">The documentation; "" for none.</param>
internal sealed record Hover(IReadOnlyList<string> Signatures, string Documentation)
{
    /// <summary>Returns plain text.</summary>
    public string ToText() => Join(string.Join('\n', Signatures));

    /// <summary>Returns Markdown.</summary>
    public string ToMarkdown() => Join($"```csharp\n{string.Join('\n', Signatures)}\n```");

    private string Join(string signatures) => Documentation.Length > 0 ? $"{signatures}\n\n{Documentation}" : signatures;
}
