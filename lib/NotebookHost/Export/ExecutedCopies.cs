using NotebookHost.Notebooks;

namespace NotebookHost.Export;

/// <summary>The executed copies that nb run writes. Their outputs have what is too large to be committed, above all the data of charts.</summary>
internal sealed class ExecutedCopies
{
    private readonly string _folder;
    private readonly Action<string> _say;

    /// <param name="folder">The folder; copies have the notebooks' names.</param>
    /// <param name="say">Receives messages about notebooks whose own outputs are used.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public ExecutedCopies(string folder, Action<string> say)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder}; nb run leaves executed copies in artifacts/notebooks.");
        (_folder, _say) = (folder, say);
    }

    /// <summary>Returns the copy of a notebook, or the notebook itself where there is none, or one of other cells.</summary>
    public NotebookDocument Of(string path, NotebookDocument notebook)
    {
        var name = Path.GetFileNameWithoutExtension(path) + ".ipynb";
        var copy = Path.Combine(_folder, name);
        if (!File.Exists(copy))
        {
            _say($"{path} has its own outputs: there is no {copy}.");
            return notebook;
        }
        var executed = NotebookDocument.Read(copy);
        if (executed.Cells.Select(cell => cell.Source).SequenceEqual(notebook.Cells.Select(cell => cell.Source)))
            return executed;
        _say($"{path} has its own outputs: the cells of {copy} are not the same; nb run makes another.");
        return notebook;
    }
}
