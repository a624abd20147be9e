using System.Text.RegularExpressions;
using NotebookHost.Checks;
using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Migration;

/// <summary>
/// Rewrites the cells of one notebook. Removed lines become comments and parts in other languages become text, so that nothing
/// is lost and cells keep their numbers.
/// </summary>
/// <param name="folder">The notebook's folder.</param>
/// <param name="kernels">The kernels that cells can select in addition to those of this host.</param>
/// <param name="library">The library that replaces packages; null for none.</param>
/// <param name="isLoaded">Whether a cell of the notebook already loads that library.</param>
internal sealed partial class CellMigrator(string folder, IReadOnlySet<string> kernels, ReplacementLibrary? library, bool isLoaded)
{
    private readonly List<Finding> _findings = [];
    private readonly HashSet<string> _languages = [.. MagicNames.Languages, .. kernels];
    private bool _isLoaded = isLoaded;

    /// <summary>Gets the findings.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Gets a value that indicates whether there were parts in unsupported languages.</summary>
    public bool HasOtherLanguages { get; private set; }

    /// <summary>Rewrites a cell.</summary>
    /// <param name="cell">A code cell with its original metadata.</param>
    /// <param name="place">The name of the cell in reports.</param>
    public void Adopt(NotebookCell cell, string place)
    {
        // a changed source would be stored with its lines joined
        if (cell.LacksLineBreaks)
        {
            Found(FindingKind.Manual, place, ContentRules.MissingLineBreaks);
            return;
        }
        var source = cell.Source;
        var language = EditorMetadata.Language(cell) ?? MagicNames.CSharp;
        if (language != MagicNames.CSharp && !Chosen(source, language))
        {
            source = $"#!{language}\n{source}";
            if (MagicNames.Shown.ContainsKey(language))
                Found(FindingKind.Change, place, $"the language {language} is only in the metadata of the retired editor; the line #!{language} is added");
        }
        var lines = source.Split('\n');
        foreach (var step in CellSteps.Parse(source, Submissions.Dialect, _languages.Contains))
        {
            switch (step)
            {
                case PackageStep { Kind: 'r' } package:
                    Adopt(package, lines, place);
                    break;
                case TextStep text when !MagicNames.Shown.ContainsKey(text.Language):
                    KeepAsText(text, lines, place);
                    break;
                case MagicStep magic when RetiredMagics.Unnecessary(magic) is { } reason:
                    Found(FindingKind.Change, place, magic.Line, reason);
                    Comment(lines, magic.Line);
                    break;
                case MagicStep magic when RetiredMagics.Problem(magic) is { } problem:
                    Found(FindingKind.Manual, place, magic.Line, problem);
                    break;
            }
        }
        if (Question().IsMatch(source))
            Found(FindingKind.Note, place, "prompts the user: this works in Jupyter and VS Code, but not in nb run");
        var adopted = string.Join('\n', lines);
        if (adopted != cell.Source)
            cell.Source = adopted;
    }

    private static bool Chosen(string source, string language)
        => FirstMagic().Match(source) is { Success: true } magic && MagicNames.Canonical(magic.Groups["name"].Value) == language;

    private void Adopt(PackageStep package, string[] lines, string place)
    {
        if (library?.Replaces(package.Name) == true)
        {
            Found(FindingKind.Change, place, package.Line, $"{library.Name} replaces {package.Name}");
            var directive = $"#r \"{library.ReferenceFrom(folder)}\"";
            var isFirst = !_isLoaded;
            _isLoaded = true;
            if (isFirst && lines.Take(package.Line - 1).All(line => CodelessLine().IsMatch(line)))
            {
                lines[package.Line - 1] = directive;
                return;
            }
            // unlike a package reference, the directive must precede all code
            if (isFirst)
                lines[0] = $"{directive}\n{lines[0]}";
        }
        else if (RetiredPackage().IsMatch(package.Name))
        {
            Found(FindingKind.Change, place, package.Line, $"{package.Name} belongs to the retired kernel, and this host includes a replacement; the line becomes a comment");
        }
        else
        {
            return;
        }
        Comment(lines, package.Line);
    }

    /// <summary>Converts a part in an unsupported language to text.</summary>
    private void KeepAsText(TextStep text, string[] lines, string place)
    {
        HasOtherLanguages = true;
        var name = RetiredMagics.Language(text.Language);
        Found(FindingKind.Change, place, text.Line, $"this host does not run {name}; the part becomes text");
        var first = text.Line;
        while (first < lines.Length && lines[first].Length == 0)
            first++;
        var length = text.Text.Length == 0 ? 0 : text.Text.Split('\n').Length;
        var fence = LongestFence().Matches(text.Text).Select(match => match.Value + "`").Append("```").MaxBy(ticks => ticks.Length);
        lines[text.Line - 1] = $"#!markdown\n{fence}{(text.Language == "pwsh" ? "powershell" : text.Language)}";
        lines[Math.Max(first + length, text.Line) - 1] += $"\n{fence}";
    }

    private static void Comment(string[] lines, int line) => lines[line - 1] = "// " + lines[line - 1].TrimStart();

    private void Found(FindingKind kind, string place, int line, string what) => Found(kind, $"{place}, line {line}", what);

    private void Found(FindingKind kind, string place, string what) => _findings.Add(new Finding(kind, place, what));

    [GeneratedRegex(@"^\s*#!(?<name>[A-Za-z][\w#-]*)")]
    private static partial Regex FirstMagic();

    [GeneratedRegex(@"^\s*(//.*|#.*)?$")]
    private static partial Regex CodelessLine();

    [GeneratedRegex(@"^Microsoft\.DotNet\.Interactive(\.|$)", RegexOptions.IgnoreCase)]
    private static partial Regex RetiredPackage();

    [GeneratedRegex("`{3,}")]
    private static partial Regex LongestFence();

    [GeneratedRegex(@"--value[ =]+@(input|password)\b|\bGet(Input|Password)Async\(|\bConsole\.ReadLine\(|(?<![\w.])(input|password)\(")]
    private static partial Regex Question();
}
