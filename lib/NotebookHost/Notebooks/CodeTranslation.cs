using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NotebookHost.Notebooks;

/// <summary>
/// The texts that a code cell writes into its figures, in further languages: <c>"translations": {"zh-CN": {"loss": "损失", "class {i}": "类别 {i}"}}</c>.
/// A text is the content of a string literal of the cell, but not of one in brackets behind a name, which is a key. What stands in braces is the same
/// in both languages.
/// </summary>
internal static partial class CodeTranslation
{
    private const string Svg = "image/svg+xml";

    /// <summary>Returns a copy of a code cell with its texts in a language; the cell itself where its notebook has none.</summary>
    public static NotebookCell Of(NotebookCell cell, NotebookDocument document, ReadingLanguage language)
    {
        var all = TextsOf(document, language);
        if (all.Count == 0)
            return cell;
        var copy = new NotebookCell((JsonObject)cell.Json.DeepClone(), cell.Kind);
        Apply(copy, language, all);
        return copy;
    }

    /// <summary>
    /// Replaces the texts of a notebook's code cells by those of a language: in each cell's literals its own, in its pictures those of all cells, since a
    /// function of another cell may have drawn them.
    /// </summary>
    public static void Apply(NotebookDocument document, ReadingLanguage language)
    {
        var all = TextsOf(document, language);
        foreach (var cell in all.Count == 0 ? [] : document.CodeCells)
            Apply(cell, language, all);
    }

    /// <summary>Returns whether a text is the content of a string literal of the code.</summary>
    public static bool IsLiteral(string source, string text) => Regex.IsMatch(source, LiteralOf(text), RegexOptions.CultureInvariant);

    private static List<(string Text, string Translation)> TextsOf(NotebookCell cell, ReadingLanguage language)
    {
        if (cell.Kind != CellKind.Code || (cell.Metadata[Translation.Member] as JsonObject)?[language.Tag] is not JsonObject texts)
            return [];
        return [.. texts.Select(entry => (entry.Key, MultilineText.Join(entry.Value) ?? entry.Key))];
    }

    private static List<(string Text, string Translation)> TextsOf(NotebookDocument document, ReadingLanguage language)
        => [.. document.CodeCells.SelectMany(cell => TextsOf(cell, language))];

    private static void Apply(NotebookCell cell, ReadingLanguage language, List<(string Text, string Translation)> all)
    {
        var own = TextsOf(cell, language);
        if (own.Count > 0)
        {
            cell.Source = own.Aggregate(cell.Source, (source, entry) =>
                Regex.Replace(source, LiteralOf(entry.Text), _ => $"\"{entry.Translation}\"", RegexOptions.CultureInvariant));
        }
        var patterns = own.Concat(all).Select(entry => (Pattern: PatternOf(entry.Text), entry.Translation)).ToList();
        foreach (var data in StoredData(cell))
        {
            if (MultilineText.Join(data[Svg]) is { } svg)
                data[Svg] = MultilineText.Split(TextNode().Replace(svg, node => Translate(node.Value, patterns)));
        }
    }

    private static string LiteralOf(string text) => $"(?<![\\w)\\]]\\[)\"{Regex.Escape(text)}\"";

    private static IEnumerable<JsonObject> StoredData(NotebookCell cell)
        => cell.Outputs.OfType<JsonObject>().Select(output => output["data"]).OfType<JsonObject>().Where(data => data.ContainsKey(Svg));

    private static string Translate(string node, List<(Regex Pattern, string Translation)> patterns)
    {
        var text = WebUtility.HtmlDecode(node);
        foreach (var (pattern, translation) in patterns)
        {
            var match = pattern.Match(text);
            if (!match.Success)
                continue;
            var next = 1;
            var shown = Hole().Replace(translation, _ => match.Groups[next++].Value);
            return WebUtility.HtmlEncode(shown + match.Groups["rest"].Value);
        }
        return node;
    }

    // the whole text of a node, or, as in what a point shows, the text before a colon
    private static Regex PatternOf(string text)
        => new($"^{string.Join("(.+?)", Hole().Split(text).Select(Regex.Escape))}(?<rest>: .*)?$", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex("(?<=>)[^<>]*[^<>\\s][^<>]*(?=<)")]
    private static partial Regex TextNode();
}
