using System.Text.RegularExpressions;
using NotebookHost.Checks;
using NotebookHost.Checks.Compilation;
using NotebookHost.Notebooks;
using NotebookHost.Scripting;
using NotebookHost.Sessions;

namespace NotebookHost.Migration;

/// <summary>Options of a migration.</summary>
public sealed record MigrationOptions
{
    /// <summary>Gets the library that replaces packages. The entry BringsPackages in the metadata of its assembly lists the packages.</summary>
    /// <value>null: packages are not replaced.</value>
    public string? Library { get; init; }

    /// <summary>Gets a function that receives messages about long operations.</summary>
    /// <value>A function that ignores messages.</value>
    public Action<string> Report { get; init; } = _ => { };
}

/// <summary>
/// Migrates notebooks for .NET Interactive, whose kernel and editor are retired. Packages are
/// restored and cells are compiled, but no cell is run.
/// </summary>
public sealed partial class NotebookMigrator
{
    private readonly MigrationOptions _options;
    private readonly ReplacementLibrary? _library;
    private readonly ReferenceCache _references = new();

    /// <summary>Creates a migrator.</summary>
    /// <exception cref="FileNotFoundException">The library does not exist.</exception>
    public NotebookMigrator(MigrationOptions? options = null)
    {
        _options = options ?? new MigrationOptions();
        _library = _options.Library is { } path ? ReplacementLibrary.Read(path) : null;
    }

    /// <summary>Migrates one notebook in memory. Its file is not changed.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<MigratedNotebook> MigrateAsync(string path, CancellationToken cancellation = default)
    {
        NotebookDocument document;
        try
        {
            document = NotebookDocument.Read(path);
        }
        catch (NotebookFormatException error)
        {
            var reason = error.Message.StartsWith(path, StringComparison.Ordinal) ? "it" + error.Message[path.Length..] : error.Message;
            return new MigratedNotebook(path, null, [], reason.TrimEnd('.'));
        }
        if (EditorMetadata.DefaultLanguage(document) is { } language && language != MagicNames.CSharp)
            return new MigratedNotebook(path, null, [], $"it is in {RetiredMagics.Language(language)}, and this host runs C#");

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var cells = CellLocation.All(document).Where(entry => entry.Cell.Kind == CellKind.Code).ToList();
        var migrator = new CellMigrator(folder, Kernels(document), _library, IsLoaded(document));
        foreach (var (cell, place) in cells)
            migrator.Adopt(cell, place);
        if (migrator.HasOtherLanguages && !cells.Any(entry => HasCSharp(entry.Cell)))
            return new MigratedNotebook(path, null, migrator.Findings, "it contains no C# code");

        var findings = new List<Finding>();
        if (NotebookDocument.IsDib(path))
            findings.Add(new Finding(FindingKind.Editor, null, "is a .dib file, which only the retired editor opens; it becomes an .ipynb file"));
        findings.AddRange(EditorMetadata.Replace(document));
        findings.AddRange(migrator.Findings);
        var notCompiled = await CompileAsync(document, cells, folder, findings, cancellation).ConfigureAwait(false);
        return new MigratedNotebook(path, document, findings, NotCompiled: notCompiled);
    }

    /// <summary>Adds the errors of the compiler; returns why the cells were not compiled, or null if they were.</summary>
    private async Task<string?> CompileAsync(
        NotebookDocument document,
        IReadOnlyList<(NotebookCell Cell, string Place)> cells,
        string folder,
        List<Finding> findings,
        CancellationToken cancellation)
    {
        var supply = new NotebookPackages(folder, _options.Report);
        foreach (var (cell, place) in cells)
        {
            try
            {
                await supply.AddAsync(cell, cancellation).ConfigureAwait(false);
            }
            catch (PackageException error)
            {
                findings.Add(new Finding(FindingKind.Manual, place, error.Message.ReplaceLineEndings("; ").TrimEnd('.')));
                return "the packages are missing";
            }
        }
        try
        {
            var chain = CellChain.Of(document, folder, _references, package => supply.Of(package.Name));
            // the same error in several places is one finding
            findings.AddRange(chain.Problems.GroupBy(problem => problem.Message).Select(same
                => new Finding(FindingKind.Manual, same.First().Place, same.Key + Elsewhere([.. same.Skip(1).Select(problem => problem.Place)]))));
            return null;
        }
        catch (MissingPackageException missing)
        {
            return missing.Message;
        }
    }

    private static string Elsewhere(IReadOnlyList<string?> places) => places.Count switch
    {
        0 => "",
        1 => $"; also in {places[0]}",
        var count => $"; also in {count} other places, the first of which is {places[0]}",
    };

    private static HashSet<string> Kernels(NotebookDocument document)
    {
        var named = document.CodeCells.SelectMany(cell => RetiredMagics.Connected(cell.Source))
            .Concat(document.CodeCells.Select(EditorMetadata.Language).OfType<string>())
            .Concat(EditorMetadata.Kernels(document));
        return [.. named.Except(MagicNames.Languages).Except(MagicNames.Actions.Keys)];
    }

    private bool IsLoaded(NotebookDocument document)
        => _library is { } library && document.CodeCells.SelectMany(cell => PathDirective().Matches(cell.Source))
            .Any(match => Path.GetFileName(match.Groups["path"].Value) == library.Name);

    private static bool HasCSharp(NotebookCell cell)
        => CellSteps.Parse(cell.Source, Submissions.Dialect).Any(step => step is CodeStep { Code: var code } && Code().IsMatch(code));

    [GeneratedRegex("""^[ \t]*#r[ \t]+"(?<path>[^"\r\n]+)""", RegexOptions.Multiline)]
    private static partial Regex PathDirective();

    // a line that is not a comment
    [GeneratedRegex(@"^[ \t]*(?!//)\S", RegexOptions.Multiline)]
    private static partial Regex Code();
}
