using System.Text.Json.Nodes;
using NotebookHost.Checks;
using NotebookHost.Notebooks;

namespace NotebookHost.Running;

/// <summary>A notebook that is ready to run: read, checked, with its parameters set.</summary>
public sealed class NotebookJob
{
    // found when asked for: it takes the compiler, which most runs need not load
    private readonly Lazy<ParametersCell?> _parameters;

    // as it was read, before a run fills it in
    private readonly string _source;

    private NotebookJob(string path, NotebookDocument document)
    {
        SourcePath = path;
        _source = document.ToJson();
        Document = document;
        _parameters = new Lazy<ParametersCell?>(() => ParametersCell.Find(document, Name));
    }

    /// <summary>Gets the file that was read. Only <see cref="Save"/> writes it.</summary>
    public string SourcePath { get; }

    /// <summary>Gets the notebook's file name.</summary>
    public string Name => Path.GetFileName(SourcePath);

    /// <summary>Gets the file name of the executed copy: an .ipynb, also of a .dib, which holds no outputs.</summary>
    public string CopyName => Path.ChangeExtension(Name, ".ipynb");

    /// <summary>Gets the notebook, in memory; running it fills in its outputs.</summary>
    public NotebookDocument Document { get; }

    /// <summary>Gets the names that <see cref="Set"/> accepts.</summary>
    public IReadOnlyList<string> ParameterNames => _parameters.Value?.Names ?? [];

    /// <summary>Gets settings for a quick try, which the parameters cell keeps in its metadata as an object "smoke".</summary>
    /// <value>None, when there is no such object.</value>
    public IReadOnlyList<KeyValuePair<string, string>> SmokeSettings
        => [.. (ParametersCell.In(Document)?.Metadata["smoke"] as JsonObject ?? [])
            .Select(entry => KeyValuePair.Create(entry.Key, SettingText(entry.Value)))];

    /// <summary>Gets what the user should know before the notebook runs, one line each.</summary>
    public IEnumerable<string> Warnings
        => CellLocation.All(Document).Where(entry => entry.Cell.IsRunTogether).Select(entry => $"{Name}: {entry.Place}: {ContentRules.RunTogether}");

    /// <summary>Reads a C# notebook, or one without code.</summary>
    /// <exception cref="NotebookFormatException">The file is not a notebook, or has code of another language.</exception>
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
        if (!document.IsCSharp && document.CodeCells.Any(cell => !string.IsNullOrWhiteSpace(cell.Source)))
            throw new NotebookFormatException($"{path} is a notebook in {document.Language}; only C# notebooks run here.");
        return new NotebookJob(full, document);
    }

    /// <summary>Puts the executed notebook in the place of the file that was read, in the form to commit.</summary>
    /// <returns>Why it was not done, in one line; null when it was.</returns>
    internal string? Save()
    {
        try
        {
            if (NotebookDocument.Read(SourcePath).ToJson() != _source)
                return $"{Name} was changed while it ran and stays as it is now; run it again to save its outputs";
            CommittedForm.Of(Document, NotebookSearch.Root(Path.GetDirectoryName(SourcePath)!)).Write(SourcePath);
            return null;
        }
        catch (Exception error) when (error is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            return $"{Name} could not be saved: {error.Message}";
        }
    }

    // as it would stand behind -p name=
    private static string SettingText(JsonNode? value)
        => value is JsonValue plain && plain.TryGetValue(out string? text) ? text : value?.ToJsonString() ?? "null";

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
