using System.Text.RegularExpressions;
using NotebookHost.Hygiene;
using NotebookHost.Hygiene.Compilation;
using NotebookHost.Notebooks;
using NotebookHost.Scripting;
using NotebookHost.Sessions;

namespace NotebookHost.Adoption;

/// <summary>How notebooks are adopted.</summary>
public sealed record AdoptionOptions
{
    /// <summary>A library that takes the place of packages; its assembly's metadata, under BringsPackages, say which.</summary>
    /// <value>null: packages stay packages.</value>
    public string? Library { get; init; }

    /// <summary>Hears what takes long.</summary>
    /// <value>Nobody.</value>
    public Action<string> Says { get; init; } = _ => { };
}

/// <summary>
/// Finds out what it takes to run notebooks that were written for .NET Interactive, whose kernel and editor are retired. Packages are
/// restored and cells are compiled, but none is run.
/// </summary>
public sealed partial class NotebookAdopter
{
    private readonly AdoptionOptions _options;
    private readonly NotebookLibrary? _library;
    private readonly ReferenceCache _references = new();

    /// <summary>Sets the adoption of notebooks up.</summary>
    /// <exception cref="FileNotFoundException">The library is not there.</exception>
    public NotebookAdopter(AdoptionOptions? options = null)
    {
        _options = options ?? new AdoptionOptions();
        _library = _options.Library is { } path ? NotebookLibrary.Read(path) : null;
    }

    /// <summary>Looks at one notebook. Its file stays as it is.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<AdoptedNotebook> AdoptAsync(string path, CancellationToken cancellation = default)
    {
        NotebookDocument document;
        try
        {
            document = NotebookDocument.Read(path);
        }
        catch (NotebookFormatException error)
        {
            var reason = error.Message.StartsWith(path, StringComparison.Ordinal) ? "it" + error.Message[path.Length..] : error.Message;
            return new AdoptedNotebook(path, null, [], reason.TrimEnd('.'));
        }
        if (EditorMetadata.DefaultLanguage(document) is { } language && language != MagicNames.CSharp)
            return new AdoptedNotebook(path, null, [], $"it is written in {OldMagics.Language(language)}, and this host runs C#");

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var cells = CellPlace.All(document).Where(entry => entry.Cell.Kind == CellKind.Code).ToList();
        var adopter = new CellAdopter(folder, Kernels(document), _library, IsLoaded(document));
        foreach (var (cell, place) in cells)
            adopter.Adopt(cell, place);
        if (adopter.KeptText && !cells.Any(entry => HasCSharp(entry.Cell)))
            return new AdoptedNotebook(path, null, adopter.Findings, "none of its code is C#");

        var findings = new List<Finding>();
        if (NotebookDocument.IsDib(path))
            findings.Add(new Finding(FindingKind.Editor, null, "is a .dib, which only the retired editor opens; it becomes an .ipynb"));
        findings.AddRange(EditorMetadata.Replace(document));
        findings.AddRange(adopter.Findings);
        var notCompiled = await CompileAsync(document, cells, folder, findings, cancellation).ConfigureAwait(false);
        return new AdoptedNotebook(path, document, findings, NotCompiled: notCompiled);
    }

    /// <summary>Adds what the compiler says; returns why it was not asked.</summary>
    private async Task<string?> CompileAsync(
        NotebookDocument document,
        IReadOnlyList<(NotebookCell Cell, string Place)> cells,
        string folder,
        List<Finding> findings,
        CancellationToken cancellation)
    {
        var supply = new PackageSupply(folder, _options.Says);
        foreach (var (cell, place) in cells)
        {
            try
            {
                await supply.AddAsync(cell, cancellation).ConfigureAwait(false);
            }
            catch (PackageException error)
            {
                findings.Add(new Finding(FindingKind.Hand, place, error.Message.ReplaceLineEndings("; ").TrimEnd('.')));
                return "that takes the packages";
            }
        }
        try
        {
            var chain = CellChain.Of(document, folder, _references, package => supply.Of(package.Name));
            findings.AddRange(chain.Problems.Select(problem => new Finding(FindingKind.Hand, problem.Place, problem.Message)));
            return null;
        }
        catch (MissingPackageException missing)
        {
            return missing.Message;
        }
    }

    private static HashSet<string> Kernels(NotebookDocument document)
    {
        var named = document.CodeCells.SelectMany(cell => OldMagics.Connected(cell.Source))
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

    // a line that is no comment
    [GeneratedRegex(@"^[ \t]*(?!//)\S", RegexOptions.Multiline)]
    private static partial Regex Code();
}
