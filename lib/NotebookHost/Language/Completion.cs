namespace NotebookHost.Language;

/// <summary>A completion.</summary>
/// <param name="Text">The text that is inserted.</param>
/// <param name="Kind">The kind: "class", "function", "variable", …</param>
/// <param name="Signature">The declaration; may be empty.</param>
internal sealed record Completion(string Text, string Kind, string Signature)
{
    /// <summary>Gets the namespace that must be imported first.</summary>
    /// <value>null: no import is required.</value>
    public string? Namespace { get; init; }

    /// <summary>Gets the text that is valid at the position without an import.</summary>
    public string FullText => Namespace is null ? Text : $"{Namespace}.{Text}";
}

/// <summary>The completions at a position.</summary>
/// <param name="Start">The start of the text to replace.</param>
/// <param name="End">The end of the text to replace.</param>
/// <param name="Items">The completions, the most likely first.</param>
internal sealed record CompletionList(int Start, int End, IReadOnlyList<Completion> Items);
