using System.Text.Json.Nodes;
using NotebookHost.Checks;
using NotebookHost.Notebooks;

namespace NotebookHost.Running;

/// <summary>A notebook that is ready to run: it has been read and checked, and its parameters are set.</summary>
public sealed class NotebookJob
{
    // created on demand, because it requires the compiler, which most runs do not load
    private readonly Lazy<ParametersCell?> _parameters;

    // the original text, before a run adds outputs
    private readonly string _source;

    private NotebookJob(string path, NotebookDocument document)
    {
        SourcePath = path;
        _source = document.ToJson();
        Document = document;
        _parameters = new Lazy<ParametersCell?>(() => ParametersCell.Find(document, Name));
    }

    /// <summary>Gets the path of the source file. Only <see cref="Save"/> writes it.</summary>
    public string SourcePath { get; }

    /// <summary>Gets the file name of the notebook.</summary>
    public string Name => Path.GetFileName(SourcePath);

    /// <summary>Gets the file name of the executed copy: an .ipynb file, also for a .dib file, which cannot contain outputs.</summary>
    public string CopyName => Path.ChangeExtension(Name, ".ipynb");

    /// <summary>Gets the notebook in memory; a run adds its outputs.</summary>
    public NotebookDocument Document { get; }

    /// <summary>Gets the names of the parameters.</summary>
    public IReadOnlyList<string> ParameterNames => _parameters.Value?.Names ?? [];

    /// <summary>Gets the settings for a quick trial, from the object "smoke" in the metadata of the parameters cell.</summary>
    /// <value>Empty if there is no such object.</value>
    public IReadOnlyList<KeyValuePair<string, string>> SmokeSettings
        => [.. (ParametersCell.In(Document)?.Metadata["smoke"] as JsonObject ?? [])
            .Select(entry => KeyValuePair.Create(entry.Key, SettingText(entry.Value)))];

    /// <summary>Gets the warnings before the run, one line each.</summary>
    public IEnumerable<string> Warnings
        => CellLocation.All(Document).Where(entry => entry.Cell.LacksLineBreaks).Select(entry => $"{Name}: {entry.Place}: {ContentRules.MissingLineBreaks}");

    /// <summary>Reads a C# notebook or a notebook without code.</summary>
    /// <exception cref="NotebookFormatException">The file is not a notebook or has code in another language.</exception>
    /// <exception cref="RunUsageException">The file does not exist.</exception>
    public static NotebookJob Load(string path)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new RunUsageException($"The notebook {path} does not exist.");
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

    /// <summary>Replaces the source file with the executed notebook, in the form for commits.</summary>
    /// <returns>Why the file was not replaced, in one line; null if it was.</returns>
    internal string? Save()
    {
        try
        {
            if (NotebookDocument.Read(SourcePath).ToJson() != _source)
                return $"{Name} was changed during the run and is not overwritten; run it again to save its outputs";
            CommittedForm.Of(Document, NotebookSearch.Root(Path.GetDirectoryName(SourcePath)!)).Write(SourcePath);
            return null;
        }
        catch (Exception error) when (error is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            return $"{Name} could not be saved: {error.Message}";
        }
    }

    // the text as in -p name=text
    private static string SettingText(JsonNode? value)
        => value is JsonValue plain && plain.TryGetValue(out string? text) ? text : value?.ToJsonString() ?? "null";

    /// <summary>Sets parameters in a separate cell after the parameters cell.</summary>
    /// <exception cref="RunUsageException">A parameter does not exist or a value does not match its type.</exception>
    public void Set(IEnumerable<KeyValuePair<string, string>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var wanted = values.ToList();
        if (wanted.Count == 0)
            return;
        if (_parameters.Value is not { } parameters)
            throw new RunUsageException($"{Name} has no cell with the tag 'parameters', so -p {wanted[0].Key}=… has no effect.");
        parameters.Inject(Document, wanted);
    }
}
