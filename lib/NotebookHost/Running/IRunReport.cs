using NotebookHost.Display;
using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>Receives the progress of a run. Calls come from any thread, also several at once. The default implementations do nothing.</summary>
public interface IRunReport
{
    /// <summary>A notebook begins.</summary>
    /// <param name="name">The notebook's file name.</param>
    /// <param name="cellCount">How many code cells will run.</param>
    void NotebookStarted(string name, int cellCount)
    {
    }

    /// <summary>A code cell begins.</summary>
    /// <param name="number">The cell's place among the notebook's code cells, from 1.</param>
    /// <param name="cell">The cell.</param>
    void CellStarted(int number, NotebookCell cell)
    {
    }

    /// <summary>The cell wrote text.</summary>
    void Text(ConsoleChannel channel, string text)
    {
    }

    /// <summary>The cell displayed something; <paramref name="displayId"/> is null for the value of its trailing expression.</summary>
    void Shown(string? displayId, MimeBundle bundle)
    {
    }

    /// <summary>Something displayed earlier changed.</summary>
    void Updated(string displayId, MimeBundle bundle)
    {
    }

    /// <summary>The cell ended; <paramref name="failure"/> says why it failed, if it did.</summary>
    void CellFinished(TimeSpan elapsed, CellError? failure)
    {
    }

    /// <summary>The notebook ended and its copy, if one was asked for, is written.</summary>
    void NotebookFinished(NotebookResult result)
    {
    }
}
