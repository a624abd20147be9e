using NotebookHost.Display;
using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>Receives the progress of a run. Calls can come from several threads at the same time. The default implementations do nothing.</summary>
public interface IRunReport
{
    /// <summary>Called at the start of a notebook.</summary>
    /// <param name="name">The file name of the notebook.</param>
    /// <param name="cellCount">The number of code cells to run.</param>
    void NotebookStarted(string name, int cellCount)
    {
    }

    /// <summary>Called at the start of a code cell.</summary>
    /// <param name="number">The index of the cell among the cells to run, from 1.</param>
    /// <param name="cell">The cell.</param>
    void CellStarted(int number, NotebookCell cell)
    {
    }

    /// <summary>Called when the cell writes text.</summary>
    void Text(ConsoleChannel channel, string text)
    {
    }

    /// <summary>Called when the cell displays an output; <paramref name="displayId"/> is null for the value of its trailing expression.</summary>
    void Shown(string? displayId, MimeBundle bundle)
    {
    }

    /// <summary>Called when an output is updated.</summary>
    void Updated(string displayId, MimeBundle bundle)
    {
    }

    /// <summary>Called at the end of a cell; <paramref name="failure"/> is the error of the cell or null.</summary>
    void CellFinished(TimeSpan elapsed, CellError? failure)
    {
    }

    /// <summary>Called at the end of a notebook, after its copy is written.</summary>
    void NotebookFinished(NotebookResult result)
    {
    }
}
