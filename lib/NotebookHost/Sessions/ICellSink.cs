using NotebookHost.Display;

namespace NotebookHost.Sessions;

/// <summary>
/// Takes what a cell puts out, in order. Calls come from any thread the cell's code uses, also after the cell has ended.
/// </summary>
public interface ICellSink
{
    /// <summary>Text was written to the console.</summary>
    void Stream(ConsoleChannel stream, string text);

    /// <summary>Something was displayed, under an id by which it may be updated.</summary>
    void Display(string displayId, MimeBundle bundle);

    /// <summary>What was displayed earlier under the id, perhaps by another cell, now looks like this.</summary>
    void Update(string displayId, MimeBundle bundle);

    /// <summary>The cell's trailing expression had this value.</summary>
    void Result(MimeBundle bundle);
}
