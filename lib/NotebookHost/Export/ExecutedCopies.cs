using NotebookHost.Notebooks;

namespace NotebookHost.Export;

/// <summary>The executed copies of nb run. Their outputs include data that are too large for commits, such as the data of charts.</summary>
internal sealed class ExecutedCopies
{
    private readonly string _folder;
    private readonly Action<string> _report;

    /// <param name="folder">The folder; copies have the names of the notebooks.</param>
    /// <param name="report">A function that receives messages about notebooks whose own outputs are used.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public ExecutedCopies(string folder, Action<string> report)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder {folder} does not exist; nb run writes executed copies to artifacts/notebooks.");
        (_folder, _report) = (folder, report);
    }

    /// <summary>Returns the copy of a notebook; the notebook if there is no copy or if the copy has other cells.</summary>
    public NotebookDocument Of(string path, NotebookDocument notebook)
    {
        var name = Path.GetFileNameWithoutExtension(path) + ".ipynb";
        var copy = Path.Combine(_folder, name);
        if (!File.Exists(copy))
        {
            _report($"using the outputs of {path}: there is no {copy}.");
            return notebook;
        }
        var executed = NotebookDocument.Read(copy);
        if (executed.Cells.Select(cell => cell.Source).SequenceEqual(notebook.Cells.Select(cell => cell.Source)))
            return executed;
        _report($"using the outputs of {path}: {copy} has other cells; nb run updates it.");
        return notebook;
    }
}
