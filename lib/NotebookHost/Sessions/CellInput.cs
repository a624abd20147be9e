namespace NotebookHost.Sessions;

/// <summary>Requests input for cells.</summary>
internal static class CellInput
{
    /// <summary>Asks the user for a line of text.</summary>
    /// <param name="sink">The sink of the running cell.</param>
    /// <param name="prompt">The prompt; may be empty.</param>
    /// <param name="isPassword">Whether the input must not be shown.</param>
    /// <param name="cancellation">A token that is canceled when the cell is stopped.</param>
    /// <exception cref="InvalidOperationException">The notebook runs without a user who can provide input.</exception>
    public static async Task<string> AskAsync(ICellSink? sink, string prompt, bool isPassword, CancellationToken cancellation)
    {
        var answer = sink is null ? null : await sink.ReadInputAsync(prompt, isPassword, cancellation).ConfigureAwait(false);
        return answer ?? throw new InvalidOperationException(
            $"The notebook requests input{(prompt.Length > 0 ? $" ({prompt.Trim()})" : "")}, which is not available here; "
            + "run it in Jupyter, or use a parameter instead");
    }
}
