namespace NotebookHost.Language;

/// <summary>One way to go on.</summary>
/// <param name="Text">What would stand there.</param>
/// <param name="Kind">What that is: "class", "function", "variable", …</param>
/// <param name="Signature">How it is declared; may be empty.</param>
internal sealed record Completion(string Text, string Kind, string Signature)
{
    /// <summary>Gets the namespace that must be imported first.</summary>
    /// <value>null: the text stands as it is.</value>
    public string? Namespace { get; init; }

    /// <summary>Gets the text that may stand at the position without an import.</summary>
    public string FullText => Namespace is null ? Text : $"{Namespace}.{Text}";
}

/// <summary>The ways to go on at a position.</summary>
/// <param name="Start">Where the text to replace begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Items">What may stand there, the likeliest first.</param>
internal sealed record CompletionList(int Start, int End, IReadOnlyList<Completion> Items);
