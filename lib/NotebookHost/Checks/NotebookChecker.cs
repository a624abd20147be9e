using System.Diagnostics;
using System.Text;
using NotebookHost.Analysis;
using NotebookHost.Checks.Compilation;
using NotebookHost.Notebooks;
using NotebookHost.Scripting;

namespace NotebookHost.Checks;

/// <summary>Options of a check.</summary>
public sealed record CheckOptions
{
    /// <summary>Gets the maximum size of a notebook file in bytes.</summary>
    /// <value>500 KB.</value>
    public long MaxFileSize { get; init; } = 500 * 1024;

    /// <summary>Gets a folder whose absolute path must not occur in notebooks.</summary>
    /// <value>null: only paths in home folders are reported.</value>
    public string? RepositoryRoot { get; init; }

    /// <summary>Gets a value that indicates whether notebooks that are not in canonical form are rewritten.</summary>
    /// <value>false.</value>
    public bool Fix { get; init; }

    /// <summary>Gets a function that receives the duration of the analysis of each cell.</summary>
    internal Action<string, TimeSpan>? OnAnalyzed { get; init; }
}

/// <summary>The result of checking a notebook.</summary>
/// <param name="Path">The path of the notebook, as specified.</param>
/// <param name="Problems">The problems, first of the file, then of the cells.</param>
/// <param name="Skipped">What could not be checked and why; null if everything was checked.</param>
/// <param name="Fixed">Whether the file was rewritten.</param>
public sealed record CheckResult(string Path, IReadOnlyList<Problem> Problems, string? Skipped = null, bool Fixed = false)
{
    /// <summary>Gets the suggestions of analyzers, which are not problems.</summary>
    public IReadOnlyList<Problem> Advice { get; init; } = [];
}

/// <summary>Checks notebooks without running cells.</summary>
public sealed class NotebookChecker(CheckOptions? options = null)
{
    private readonly CheckOptions _options = options ?? new CheckOptions();
    private readonly ReferenceCache _references = new();
    private readonly CellAnalyzers _analyzers = new();

    /// <summary>Checks a notebook. This method can be called from several threads.</summary>
    /// <exception cref="IOException">The file cannot be read or rewritten.</exception>
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
            problems.Add(new Problem(null, "is not in the form that Jupyter writes; nb check --fix rewrites it"));
        if (file.Length > _options.MaxFileSize)
        {
            problems.Add(new Problem(
                null, $"has {file.Length / 1024} KB, but the limit is {_options.MaxFileSize / 1024} KB; nb strip removes outputs"));
        }
        problems.AddRange(new ContentRules(_options.RepositoryRoot ?? "").Check(document));
        var advice = new List<Problem>();
        var skipped = Compile(document, path, problems, advice);
        return new CheckResult(path, problems, skipped, fix) { Advice = advice };
    }

    private string? Compile(NotebookDocument document, string path, List<Problem> problems, List<Problem> advice)
    {
        if (!document.IsCSharp)
            return null;
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            var chain = CellChain.Of(document, folder, _references);
            problems.AddRange(chain.Problems);
            var config = EditorConfig.Of(folder);
            foreach (var script in chain.Scripts.Where(script => !script.HasErrors && !script.IsImported))
            {
                var start = Stopwatch.GetTimestamp();
                var warnings = _analyzers.Analyze(script.Compilation, chain.Analyzers, config, CancellationToken.None);
                _options.OnAnalyzed?.Invoke($"{path}, {script.Tree.FilePath}", Stopwatch.GetElapsedTime(start));
                foreach (var warning in warnings)
                    (warning.IsWarning ? problems : advice).Add(Describe(warning, script.Tree.FilePath));
            }
            advice.AddRange(_analyzers.TakeFailures().Select(failure => new Problem(null, failure)));
            return null;
        }
        catch (MissingPackageException missing)
        {
            return $"not compiled: {missing.Message}";
        }
    }

    private static Problem Describe(CellWarning warning, string place)
        => new(warning.Line is { } line ? $"{place}, line {line}" : place, $"{warning.Id}: {warning.Message}{(warning.Fix is { } fix ? $"; fix: {fix}" : "")}");

    // the reader reports only the first problem
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
                // not JSON, which the reader has reported
            }
        }
        var named = error.Message.StartsWith(path, StringComparison.Ordinal);
        var message = named ? error.Message[path.Length..].TrimStart(':', ' ') : error.Message;
        return [new Problem(null, message.TrimEnd('.'))];
    }
}
