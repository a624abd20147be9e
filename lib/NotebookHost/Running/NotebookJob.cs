using NotebookHost.Notebooks;

namespace NotebookHost.Running;

/// <summary>A notebook made ready to run: read, checked, its parameters set.</summary>
public sealed class NotebookJob
{
    // found when asked for: it takes the compiler, which most runs need not load
    private readonly Lazy<ParametersCell?> _parameters;

    private NotebookJob(string path, NotebookDocument document)
    {
        SourcePath = path;
        Document = document;
        _parameters = new Lazy<ParametersCell?>(() => ParametersCell.Find(document, Name));
    }

    /// <summary>The file that was read. It is never written.</summary>
    public string SourcePath { get; }

    /// <summary>The notebook's file name.</summary>
    public string Name => Path.GetFileName(SourcePath);

    /// <summary>The file name of the executed copy: an .ipynb, also of a .dib, which holds no outputs.</summary>
    public string CopyName => Path.ChangeExtension(Name, ".ipynb");

    /// <summary>The notebook, in memory; running it fills in its outputs.</summary>
    public NotebookDocument Document { get; }

    /// <summary>The names that <see cref="Set"/> accepts.</summary>
    public IReadOnlyList<string> ParameterNames => _parameters.Value?.Names ?? [];

    /// <summary>Reads a C# notebook.</summary>
    /// <exception cref="NotebookFormatException">The file is no notebook, or one of another language.</exception>
    /// <exception cref="RunUsageException">There is no such file.</exception>
    public static NotebookJob Load(string path)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new RunUsageException($"There is no notebook {path}.");
        NotebookDocument document;
        try
        {
            document = NotebookDocument.Read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunUsageException($"{path} cannot be read: {error.Message}", error);
        }
        if (!document.IsCSharp)
            throw new NotebookFormatException($"{path} is a notebook in {document.Language}; only C# notebooks run here.");
        return new NotebookJob(full, document);
    }

    /// <summary>Sets parameters, in a cell of their own right after the one tagged "parameters".</summary>
    /// <exception cref="RunUsageException">The notebook has no such parameter, or a value does not fit its type.</exception>
    public void Set(IEnumerable<KeyValuePair<string, string>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var wanted = values.ToList();
        if (wanted.Count == 0)
            return;
        if (_parameters.Value is not { } parameters)
            throw new RunUsageException($"{Name} has no cell tagged 'parameters', so -p {wanted[0].Key}=… has nothing to set.");
        parameters.Inject(Document, wanted);
    }
}
