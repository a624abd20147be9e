using NotebookHost.Display;

namespace NotebookHost.Sessions;

/// <summary>
/// Takes what a cell puts out, in order and one call at a time. Calls come from any thread, also after the cell has ended.
/// </summary>
public interface ICellSink
{
    /// <summary>Text was written to the console; there is one call for each write.</summary>
    void Stream(ConsoleChannel stream, string text);

    /// <summary>Something was displayed, under an id by which it may be updated.</summary>
    void Display(string displayId, MimeBundle bundle);

    /// <summary>What was displayed earlier under the id, perhaps by another cell, now looks like this.</summary>
    void Update(string displayId, MimeBundle bundle);

    /// <summary>The cell's trailing expression had this value.</summary>
    void Result(MimeBundle bundle);

    /// <summary>The cell asks for a line of text.</summary>
    /// <param name="prompt">What to ask; may be empty.</param>
    /// <param name="isPassword">Whether the answer must not be shown.</param>
    /// <param name="cancellation">The cell is being stopped.</param>
    /// <returns>The answer without its line's end; null, as here, when the host has nobody to ask.</returns>
    Task<string?> ReadInputAsync(string prompt, bool isPassword, CancellationToken cancellation) => Task.FromResult<string?>(null);
}
