using System.Text.RegularExpressions;

namespace NotebookHost.Notebooks;

/// <summary>
/// Solutions of exercises in the text of a notebook: Markdown cells with the tag "solution" and a <c>&lt;details&gt;</c> element, which front ends collapse. Their
/// code is not in a code cell, so it runs only in a copy with additional code cells.
/// </summary>
public static partial class FoldedSolutions
{
    private const string Tag = "solution";

    /// <summary>Returns whether a cell is the solution of an exercise.</summary>
    public static bool IsSolution(NotebookCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Kind == CellKind.Markdown && cell.HasTag(Tag);
    }

    /// <summary>Returns the C# code of a solution; null if it has no code.</summary>
    public static string? Code(NotebookCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return CodePattern().Match(cell.Source) is { Success: true } match ? match.Groups["code"].Value : null;
    }

    /// <summary>
    /// Returns a function that translates the SVG pictures of a solution, which are outputs of its code; null for other cells, whose pictures have versions in
    /// other languages.
    /// </summary>
    internal static Func<string, string>? Drawn(NotebookCell cell, NotebookDocument document, ReadingLanguage language)
        => IsSolution(cell) && language != ReadingLanguage.English ? svg => CodeTranslation.Picture(svg, document, language) : null;

    /// <summary>Inserts a code cell after each solution with code.</summary>
    /// <param name="document">The notebook to change.</param>
    /// <returns>The solutions and their code cells, in order.</returns>
    public static IReadOnlyList<(NotebookCell Solution, NotebookCell Code)> Unfold(NotebookDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var unfolded = new List<(NotebookCell, NotebookCell)>();
        for (var i = 0; i < document.Cells.Count; i++)
        {
            var cell = document.Cells[i];
            if (!IsSolution(cell) || Code(cell) is not { } source)
                continue;
            var code = NotebookCell.Code(source, Tag);
            document.Insert(++i, code);
            unfolded.Add((cell, code));
        }
        return unfolded;
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodePattern();
}
