using System.Text;
using NotebookHost.Checks.Compilation;
using NotebookHost.Notebooks;
using NotebookHost.Scripting;

namespace NotebookHost.Checks;

/// <summary>Options of a check.</summary>
public sealed record CheckOptions
{
    /// <summary>Gets how large a notebook's file may be, in bytes.</summary>
    /// <value>500 KB.</value>
    public long LargestFile { get; init; } = 500 * 1024;

    /// <summary>Gets the folder whose absolute path no notebook may hold.</summary>
    /// <value>null: only home folders are looked for.</value>
    public string? RepositoryRoot { get; init; }

    /// <summary>Gets whether a notebook that is not written canonically is rewritten.</summary>
    /// <value>false.</value>
    public bool Fix { get; init; }
}

/// <summary>The result of checking a notebook.</summary>
/// <param name="Path">The notebook, as it was named.</param>
/// <param name="Problems">All that was found, from the file to the cells.</param>
/// <param name="Skipped">What could not be checked, and why; null when all was.</param>
/// <param name="Fixed">Whether the file was rewritten.</param>
public sealed record CheckResult(string Path, IReadOnlyList<Problem> Problems, string? Skipped = null, bool Fixed = false);

/// <summary>Checks notebooks before they are shared. No cell is run.</summary>
public sealed class NotebookChecker(CheckOptions? options = null)
{
    private readonly CheckOptions _options = options ?? new CheckOptions();
    private readonly ReferenceCache _references = new();

    /// <summary>Checks one notebook. May be called from several threads.</summary>
    /// <exception cref="IOException">The file cannot be read, or not be rewritten.</exception>
    public CheckResult Check(string path)
    {
        var isDib = NotebookDocument.IsDib(path);
        var file = File.ReadAllBytes(path);
        NotebookDocument document;
        try
        {
            document = NotebookDocument.Read(path);
        }
        catch (NotebookFormatException error)
        {
            return new CheckResult(path, Unreadable(file, path, error));
        }

        var problems = new List<Problem>();
        var canonical = document.ToJson();
        var isCanonical = isDib || file.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(canonical));
        var fix = _options.Fix && !isCanonical;
        if (fix)
        {
            document.Write(path);
            file = Encoding.UTF8.GetBytes(canonical);
        }
        if (!isDib)
            problems.AddRange(SchemaRules.Check(NotebookReader.ParseJson(file, path)));
        if (!isCanonical && !fix)
            problems.Add(new Problem(null, "is not written as Jupyter writes notebooks; nb check --fix rewrites it"));
        if (file.Length > _options.LargestFile)
        {
            problems.Add(new Problem(
                null, $"has {file.Length / 1024} KB, and {_options.LargestFile / 1024} is the most; nb strip removes outputs"));
        }
        problems.AddRange(new ContentRules(_options.RepositoryRoot ?? "").Check(document));
        var skipped = Compile(document, path, problems);
        return new CheckResult(path, problems, skipped, fix);
    }

    private string? Compile(NotebookDocument document, string path, List<Problem> problems)
    {
        if (!document.IsCSharp)
            return null;
        try
        {
            problems.AddRange(CellChain.Of(document, Path.GetDirectoryName(Path.GetFullPath(path))!, _references).Problems);
            return null;
        }
        catch (MissingPackageException missing)
        {
            return $"not compiled: {missing.Message}";
        }
    }

    // What the reader stumbled over is not all that there is
    private static IReadOnlyList<Problem> Unreadable(byte[] file, string path, NotebookFormatException error)
    {
        if (!NotebookDocument.IsDib(path))
        {
            try
            {
                if (SchemaRules.Check(NotebookReader.ParseJson(file, path)) is { Count: > 0 } problems)
                    return problems;
            }
            catch (NotebookFormatException)
            {
                // no JSON: the reader has said so
            }
        }
        var named = error.Message.StartsWith(path, StringComparison.Ordinal);
        var message = named ? error.Message[path.Length..].TrimStart(':', ' ') : error.Message;
        return [new Problem(null, message.TrimEnd('.'))];
    }
}
