using NotebookHost.Display;

namespace NotebookHost.Sessions;

/// <summary>
/// Receives the outputs of a cell, in order and one call at a time. Calls can come from any thread, even after the cell has ended.
/// </summary>
public interface ICellSink
{
    /// <summary>Called for each write to the console.</summary>
    void Stream(ConsoleChannel stream, string text);

    /// <summary>Called when an output is displayed, with an id for updates.</summary>
    void Display(string displayId, MimeBundle bundle);

    /// <summary>Called when an output with an id, possibly of another cell, is updated.</summary>
    void Update(string displayId, MimeBundle bundle);

    /// <summary>Called with the value of the trailing expression of the cell.</summary>
    void Result(MimeBundle bundle);

    /// <summary>Called when the cell requests a line of text.</summary>
    /// <param name="prompt">The prompt; may be empty.</param>
    /// <param name="isPassword">Whether the input must not be shown.</param>
    /// <param name="cancellation">A token that is canceled when the cell is stopped.</param>
    /// <returns>The line without its line break; null, the default, if the host cannot request input.</returns>
    Task<string?> ReadInputAsync(string prompt, bool isPassword, CancellationToken cancellation) => Task.FromResult<string?>(null);
}
