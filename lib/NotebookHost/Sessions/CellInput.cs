namespace NotebookHost.Sessions;

/// <summary>Input that cells ask for.</summary>
internal static class CellInput
{
    /// <summary>Asks the user for a line of text.</summary>
    /// <param name="sink">The sink of the running cell.</param>
    /// <param name="prompt">What to ask; may be empty.</param>
    /// <param name="isPassword">Whether the answer must not be shown.</param>
    /// <param name="cancellation">The cell is being stopped.</param>
    /// <exception cref="InvalidOperationException">The notebook runs where nobody can answer.</exception>
    public static async Task<string> AskAsync(ICellSink? sink, string prompt, bool isPassword, CancellationToken cancellation)
    {
        var answer = sink is null ? null : await sink.ReadInputAsync(prompt, isPassword, cancellation).ConfigureAwait(false);
        return answer ?? throw new InvalidOperationException(
            $"The notebook asks for input{(prompt.Length > 0 ? $" ({prompt.Trim()})" : "")}, but runs where nobody can answer; "
            + "run it in Jupyter, or make what it asks for a parameter");
    }
}
